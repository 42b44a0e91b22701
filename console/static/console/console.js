// What the pages do beyond links and forms: say what a tapped day is, and tick all rows of a table.
"use strict";
document.addEventListener("click", (event) => {
  const day = event.target.closest(".cover .day[title]");
  if (!day) return;
  const told = day.closest(".cover").querySelector("[data-told]");
  told.textContent = day.title;
  document.querySelectorAll(".day.told").forEach((other) => other.classList.remove("told"));
  day.classList.add("told");
});
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (event.target.matches("[data-tick-all]")) {
    const rows = event.target.dataset.tickAll || "alert";
    document.querySelectorAll(`input[name=${rows}]`).forEach((box) => { box.checked = event.target.checked; });
  }
  if (event.target.matches("[data-tick-all], input[name=alert]")) {
    const ticked = document.querySelectorAll("input[name=alert]:checked").length;
    document.querySelectorAll("[data-ticked]").forEach((place) => { place.textContent = ticked; });
    document.querySelectorAll("[data-needs-ticks]").forEach((bar) => { bar.toggleAttribute("data-idle", !ticked); });
  }
  if (event.target.matches("[data-submits]") && form) form.requestSubmit();
});
// A form that is on its way is not sent again by a second tap.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("[data-sent]").forEach((form) => { delete form.dataset.sent; });
});
