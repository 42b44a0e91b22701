// Draws a signature on the canvas and puts it into the form; who has no script types the name alone.
"use strict";

for (const pad of document.querySelectorAll("[data-signature-pad]")) {
  const canvas = pad.querySelector("canvas");
  const field = pad.closest("form").elements.drawing;
  const pen = canvas.getContext("2d");
  let drawn = false;
  let down = false;

  pad.hidden = false;
  pen.lineWidth = 4;
  pen.lineCap = "round";
  pen.lineJoin = "round";

  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) * canvas.width) / box.width,
      ((event.clientY - box.top) * canvas.height) / box.height,
    ];
  };
  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    down = true;
    pen.beginPath();
    pen.moveTo(...at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!down) return;
    pen.lineTo(...at(event));
    pen.stroke();
    drawn = true;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      down = false;
    });
  }
  pad.querySelector("[data-clear]").addEventListener("click", () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    drawn = false;
  });
  pad.closest("form").addEventListener("submit", () => {
    field.value = drawn ? canvas.toDataURL("image/png") : "";
  });
}
