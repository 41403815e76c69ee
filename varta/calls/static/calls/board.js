// The board with scripts: everything here makes quicker what links and forms do without it.
import "./clock.js";
import "./choosing.js";
import "./deskkeys.js";
import "./tally.js";
import "./drag.js";
import "./live.js";
import "./sound.js";
import "./tabs.js";
import "./map.js";

document.documentElement.classList.add("scripted");
document.querySelectorAll("[data-submits]").forEach((field) => {
  field.addEventListener("change", () => field.form.requestSubmit());
});
