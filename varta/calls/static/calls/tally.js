// The figures above the board follow its rows, and so do the words that stand where there are none.

import { rowsOf } from "./rows.js";

function count() {
  const calls = rowsOf("call");
  const crews = rowsOf("crew");
  const figures = {
    waiting: calls.filter((row) => row.dataset.state === "waiting").length,
    late: calls.filter((row) => row.dataset.clock === "late").length,
    calls: calls.length,
    free: crews.filter((row) => row.dataset.state === "free").length,
    busy: crews.filter((row) => ["sent", "on_the_way", "on_scene"].includes(row.dataset.state)).length,
  };
  for (const [name, figure] of Object.entries(figures)) {
    const shown = document.querySelector(`[data-tally="${name}"]`);
    if (!shown || shown.textContent === String(figure)) continue;
    shown.textContent = String(figure);
    if (name === "waiting" || name === "late") shown.parentElement.classList.toggle("hot", figure > 0);
  }
  for (const one of document.querySelectorAll("[data-empty]")) one.hidden = rowsOf(one.dataset.empty).length > 0;
}

let soon = 0;
document.addEventListener("varta:row", () => {
  cancelAnimationFrame(soon);
  soon = requestAnimationFrame(count);
});
