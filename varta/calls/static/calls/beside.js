// What stands beside the form: what the telephone called about before, and calls that may be about the same event.

const PHONE_MS = 350;
const ALIKE_MS = 700;
const WHOLE_NUMBER = 9; // digits: the shortest in use with its code

const digits = (text) => text.replace(/\D/g, "");

export class Beside extends EventTarget {
  /** @param {HTMLFormElement} form @param {(address: string, body: URLSearchParams) => Promise<Response | null>} post */
  constructor(form, addresses, post, texts) {
    super();
    [this.form, this.addresses, this.post, this.texts] = [form, addresses, post, texts];
    this.caller = document.querySelector("[data-caller-panel]");
    this.panel = document.querySelector("[data-alike-panel]");
    this.panel.querySelector("fieldset")?.remove(); // what the page offered is offered below, with the reasons
    this.panel.hidden = true;
    this.phone = form.elements.namedItem("phone");
    this.calls = [];
    this.asked = "";
    this.phone.addEventListener("input", () => this.later("phone", PHONE_MS, () => this.askCaller()));
    this.phone.addEventListener("blur", () => this.askCaller());
    this.caller.addEventListener("click", (event) => this.takeName(event));
  }

  later(name, delay, work) {
    clearTimeout(this[`${name}Timer`]);
    this[`${name}Timer`] = setTimeout(work, delay);
  }

  async askCaller() {
    clearTimeout(this.phoneTimer);
    const number = digits(this.phone.value);
    if (number === this.asked) return;
    this.asked = number;
    if (number.length < WHOLE_NUMBER) {
      this.caller.hidden = true;
      return;
    }
    const answer = await this.post(this.addresses.caller, new URLSearchParams({ phone: this.phone.value }));
    if (number !== this.asked) return;
    if (!answer?.ok || answer.status === 204) {
      this.asked = "";
      this.caller.hidden = true;
      return;
    }
    this.caller.innerHTML = await answer.text();
    this.caller.hidden = false;
  }

  takeName(event) {
    const name = event.target.dataset?.takeName;
    if (!name) return;
    const field = this.form.elements.namedItem("name");
    field.value = name;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }

  /** Something changed that makes calls alike. */
  changed() {
    this.later("alike", ALIKE_MS, () => this.askAlike());
  }

  async askAlike() {
    clearTimeout(this.alikeTimer);
    const { place, place_code: code, join, here } = Object.fromEntries(["place", "place_code", "join", "here"].map((name) => [name, this.form.elements.namedItem(name)]));
    if (join.value || !(code.value || place.value.trim().length > 2) || here.checked) return;
    const mine = (this.mine = (this.mine ?? 0) + 1);
    const answer = await this.post(this.addresses.alike, new URLSearchParams(new FormData(this.form)));
    if (mine !== this.mine || !answer?.ok) return;
    this.calls = (await answer.json().catch(() => ({ calls: [] }))).calls;
    this.draw();
  }

  /** Return the calls that are very likely the same event and of which nothing was said yet. */
  undecided() {
    return this.form.elements.namedItem("join").value ? [] : this.calls.filter((call) => call.strong);
  }

  draw() {
    const joined = this.form.elements.namedItem("join").value;
    const call = this.calls.find((one) => one.key === joined);
    if (joined) return this.drawJoined(call?.number ?? this.number ?? "");
    this.panel.hidden = !this.calls.length;
    if (!this.calls.length) return this.panel.replaceChildren();
    const box = element("div", { className: "card stack tight alike" });
    box.append(element("h2", { textContent: this.texts.alikeTitle }), element("p", { className: "muted small", textContent: this.texts.alikeAsk }));
    for (const one of this.calls) box.append(this.one(one));
    this.panel.replaceChildren(box);
  }

  one(call) {
    const box = element("div", { className: `one${call.strong ? " strong" : ""}` });
    const head = element("p");
    const link = element("a", { href: call.url, target: "_blank", rel: "noopener", textContent: call.number });
    const shown = [call.time, call.category, call.kind, [call.place, call.address].filter(Boolean).join(", "), call.open ? "" : this.texts.closed];
    head.append(link, ` ${shown.filter(Boolean).join(" · ")}`);
    const row = element("div", { className: "row" });
    const other = element("button", { type: "button", className: "button", textContent: this.texts.other });
    other.addEventListener("click", () => this.decide(call, false));
    const join = element("button", { type: "button", className: "button", textContent: this.texts.join.replace("{number}", call.number) });
    join.addEventListener("click", () => this.decide(call, true));
    row.append(other, join);
    box.append(head, element("p", { className: "muted small", textContent: `${call.why} (${call.percent} %)` }), row);
    return box;
  }

  decide(call, same) {
    if (same) {
      this.number = call.number;
      this.form.elements.namedItem("join").value = call.key;
      this.form.elements.namedItem("join_reason").value = call.why.slice(0, 200);
    } else {
      const others = this.form.elements.namedItem("not_same");
      others.value = [...others.value.split(",").filter(Boolean), call.key].join(",");
      this.calls = this.calls.filter((one) => one.key !== call.key);
    }
    this.draw();
    this.dispatchEvent(new Event("decided"));
  }

  drawJoined(number) {
    const box = element("div", { className: "notice warning" });
    box.append(element("p", { textContent: this.texts.joins.replace("{number}", number) }));
    const undo = element("button", { type: "button", className: "button", textContent: this.texts.undo });
    undo.addEventListener("click", () => {
      this.form.elements.namedItem("join").value = this.form.elements.namedItem("join_reason").value = "";
      this.draw();
    });
    box.append(undo);
    this.panel.hidden = false;
    this.panel.replaceChildren(box);
  }

  /** Another draft stands in the form. */
  restart() {
    [this.calls, this.asked] = [[], ""];
    this.caller.hidden = true;
    this.panel.hidden = true;
    this.panel.replaceChildren();
    this.draw();
    this.askCaller();
    this.changed();
  }
}

const element = (name, values = {}) => Object.assign(document.createElement(name), values);
