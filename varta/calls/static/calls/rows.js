// Rows of the board in the page: each list keeps the order of `data-order`. Who brings rows (the live process,
// polling, the answer to a form) calls `put` and `drop`; who shows them otherwise (map, figures) listens.

/** @param {string} kind "call" or "crew" */
export const listOf = (kind) => document.querySelector(`[data-rows-of="${kind}"]`);
/** @param {string} kind @param {string} key */
export const rowOf = (kind, key) => document.getElementById(`${kind}-${key}`);
/** @param {string} kind */
export const rowsOf = (kind) => [...(listOf(kind)?.querySelectorAll(":scope > [data-key]") ?? [])];

/** Put a row where it belongs, in place of the one with its key. @param {HTMLElement} row */
export function put(row) {
  const { kind, key, order } = row.dataset;
  const list = listOf(kind);
  if (!list) return;
  const old = rowOf(kind, key);
  if (!wanted(row)) {
    if (old) drop(kind, key);
    return;
  }
  row.classList.toggle("chosen", old?.classList.contains("chosen") ?? false);
  const focused = old?.contains(document.activeElement);
  if (old) old.remove();
  else row.classList.add("fresh");
  const after = rowsOf(kind).find((other) => other.dataset.order > order);
  list.insertBefore(row, after ?? null);
  if (focused) row.querySelector("a")?.focus({ preventScroll: true });
  told(kind, key, row);
}

/** Take a row off the board. @param {string} kind @param {string} key */
export function drop(kind, key) {
  const row = rowOf(kind, key);
  if (!row) return;
  row.remove();
  told(kind, key, null);
}

/** Take whole lists instead of those that are there. @param {ParentNode} from */
export function replaceAll(from) {
  for (const fresh of from.querySelectorAll("[data-rows-of]")) {
    const list = listOf(fresh.dataset.rowsOf);
    if (!list) continue;
    const chosen = list.querySelector(".chosen")?.dataset.key;
    list.replaceChildren(...fresh.children);
    if (chosen) rowOf(list.dataset.rowsOf, chosen)?.classList.add("chosen");
  }
  told("all", "", null);
}

/** A row as an element. @param {string} html */
export function element(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return /** @type {HTMLElement} */ (template.content.firstElementChild);
}

/** Whether the board's filter lets a row through: it may have come from the whole scope. */
function wanted(row) {
  const board = document.querySelector("[data-board]");
  if (!board) return true;
  const { unitFrom, unitTo, onlyCategory, mine, myCrew } = board.dataset;
  const unit = Number(row.dataset.unit);
  if (unitFrom && (unit < Number(unitFrom) || unit > Number(unitTo))) return false;
  if (row.dataset.kind !== "call") return true;
  if (onlyCategory && row.dataset.category !== onlyCategory) return false;
  return mine === undefined || row.dataset.crews.split(" ").includes(myCrew);
}

const told = (kind, key, row) => document.dispatchEvent(new CustomEvent("varta:row", { detail: { kind, key, row } }));
