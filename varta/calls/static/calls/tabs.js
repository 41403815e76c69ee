// On a narrow screen one part of the board at a time: calls, crews or the map.

const board = document.querySelector("[data-board]");
const tabs = document.querySelector("[data-tabs]");

function show(name) {
  board.dataset.tab = name;
  for (const tab of tabs.querySelectorAll("[data-tab-of]")) {
    tab.setAttribute("aria-pressed", String(tab.dataset.tabOf === name));
  }
}

if (board && tabs) {
  tabs.hidden = false;
  tabs.addEventListener("click", (event) => {
    const name = event.target.closest("[data-tab-of]")?.dataset.tabOf;
    if (name) show(name);
  });
  show("calls");
}
