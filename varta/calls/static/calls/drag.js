// A crew is dragged onto a call, or a call onto a crew. Buttons, keys and touch do the same without dragging.

import { open, send, chosenKey } from "./choosing.js";
import { rowOf } from "./rows.js";

let lifted = null; // the row that is being dragged

const rowAt = (target) => target.closest?.(".call[data-key], .crew[data-key]");
const fits = (row) => row && lifted && row.dataset.kind !== lifted.dataset.kind;

/** Rows come and go: those that are new are made ready. */
function ready() {
  for (const row of document.querySelectorAll("[data-rows-of] > [data-key]:not([draggable])")) {
    row.draggable = true;
    row.querySelectorAll("a").forEach((link) => { link.draggable = false; });
  }
}

document.addEventListener("varta:row", ready);
ready();

document.addEventListener("dragstart", (event) => {
  lifted = rowAt(event.target);
  if (!lifted) return;
  lifted.classList.add("lifted");
  event.dataTransfer.effectAllowed = "link";
  event.dataTransfer.setData("text/plain", lifted.dataset.number ?? lifted.dataset.sign ?? "");
});

document.addEventListener("dragover", (event) => {
  const row = rowAt(event.target);
  document.querySelectorAll(".over").forEach((other) => other !== row && other.classList.remove("over"));
  if (!fits(row)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "link";
  row.classList.add("over");
});

document.addEventListener("dragend", () => {
  lifted?.classList.remove("lifted");
  document.querySelectorAll(".over").forEach((row) => row.classList.remove("over"));
  lifted = null;
});

document.addEventListener("drop", (event) => {
  const row = rowAt(event.target);
  if (!fits(row)) return;
  event.preventDefault();
  const [call, crew] = row.dataset.kind === "call" ? [row, lifted] : [lifted, row];
  assign(call.dataset.key, crew.dataset.key);
});

/** Open the call and send the crew with its form, so that what the server answers is seen there. */
async function assign(call, crew) {
  const link = rowOf("call", call)?.querySelector("a[data-open]");
  if (!link) return;
  if (chosenKey() !== call) await open(link.href);
  const form = document.querySelector("#panel form.by-sign");
  if (!form || chosenKey() !== call) return;
  form.querySelector("[name=sign]").value = rowOf("crew", crew)?.dataset.sign ?? "";
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "crew";
  field.value = crew;
  form.append(field);
  send(form);
}
