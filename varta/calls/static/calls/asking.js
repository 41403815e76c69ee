// The questions of a kind of event, answered by 1, 2 or 3, and the category that they propose.

import { asked, isLower, propose, why } from "./questions.js";

const CATEGORIES = ["alpha", "beta", "gamma", "delta"];

const digitOf = (event) => /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];

export class Asking extends EventTarget {
  /** @param {HTMLFormElement} form @param {object} knows what the page knows: tree, texts, language, kinds */
  constructor(form, knows) {
    super();
    [this.form, this.knows, this.tree, this.texts] = [form, knows, knows.tree, knows.texts];
    form.querySelector("[data-as-proposed]")?.remove();
    this.box = form.querySelector("[data-asks]");
    this.reason = form.querySelector("[data-reason]");
    this.told = form.querySelector("[data-why]");
    this.kind = "";
    this.touched = Boolean(this.category); // the officer chose the category, perhaps before the page came back
    this.signsTouched = false;
    this.proposed = "";
    form.elements.namedItem("edition").value = this.tree.edition;
    form.querySelector("fieldset.category").addEventListener("change", () => this.chosen());
    form.querySelector("fieldset.category").addEventListener("keydown", (event) => this.digit(event));
    form.elements.namedItem("crime_signs").addEventListener("change", () => { this.signsTouched = true; });
    this.box.addEventListener("change", () => this.answered());
    this.box.addEventListener("keydown", (event) => this.answerByKey(event));
    this.settleReason();
  }

  answers() {
    const given = [...this.box.querySelectorAll("input:checked")];
    return Object.fromEntries(given.map((input) => [input.name.slice(2), input.value]));
  }

  get category() {
    return this.form.querySelector("[name=category]:checked")?.value ?? "";
  }

  /** Ask about another kind; answers that were given stay where the same is asked. */
  about(kind, answers = this.answers()) {
    this.kind = kind;
    this.draw(answers);
    const signs = this.form.elements.namedItem("crime_signs");
    if (!this.signsTouched) signs.checked = Boolean(this.tree.branches[kind]?.crime_signs);
    this.answered();
  }

  draw(answers) {
    const wanted = asked(this.tree, this.kind, answers);
    const there = new Map([...this.box.children].map((field) => [field.dataset.question, field]));
    this.box.replaceChildren(...wanted.map((code) => there.get(code) ?? this.question(code, answers[code])));
  }

  question(code, answer) {
    const field = document.createElement("fieldset");
    field.className = "field ask";
    field.dataset.question = code;
    const legend = document.createElement("legend");
    legend.textContent = this.tree.questions[code].text[this.knows.language];
    const row = document.createElement("div");
    this.texts.answers.forEach(([value, word], nth) => {
      const label = document.createElement("label");
      label.className = "chip";
      const input = document.createElement("input");
      Object.assign(input, { type: "radio", name: `q-${code}`, value, checked: value === answer });
      const said = document.createElement("span");
      const key = document.createElement("kbd");
      key.textContent = String(nth + 1);
      said.append(key, ` ${word}`);
      label.append(input, said);
      row.append(label);
    });
    field.append(legend, row);
    return field;
  }

  answerByKey(event) {
    const digit = Number(digitOf(event));
    const field = event.target.closest("fieldset.ask");
    if (!field || !(digit >= 1 && digit <= 3) || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    field.querySelectorAll("input")[digit - 1].checked = true;
    this.answered();
    this.dispatchEvent(new CustomEvent("onward", { detail: field }));
  }

  /** What was answered may ask for more, and raise the proposal. */
  answered() {
    const focused = document.activeElement;
    this.draw(this.answers());
    if (focused?.isConnected) focused.focus({ preventScroll: true });
    const proposal = propose(this.tree, this.kind, this.answers());
    this.proposed = proposal?.category ?? "";
    const names = { ...this.texts, kinds: this.knows.kinds };
    this.told.textContent = proposal ? this.texts.proposed.replace("{why}", why(proposal, this.kind, this.knows.language, names)) : "";
    if (!this.touched) this.check(this.proposed);
    this.settleReason();
    this.dispatchEvent(new Event("changed"));
  }

  check(category) {
    for (const input of this.form.querySelectorAll("[name=category]")) input.checked = input.value === category;
  }

  digit(event) {
    const digit = digitOf(event);
    if (!digit || digit > CATEGORIES.length || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    this.check(CATEGORIES[digit - 1]);
    this.form.querySelector("[name=category]:checked").focus();
    this.chosen();
  }

  chosen() {
    this.touched = this.category !== this.proposed;
    this.settleReason();
    this.dispatchEvent(new Event("changed"));
  }

  /** A reason is asked for only where a lower category was chosen. */
  settleReason() {
    this.reason.hidden = !(this.proposed && this.category && isLower(this.category, this.proposed));
  }

  /** Return the field that still lacks something, with the words for it; null if nothing does. */
  lacks() {
    if (!this.category) return { field: this.form.querySelector("[name=category]"), text: this.texts.noCategory };
    const reason = this.form.elements.namedItem("category_reason");
    return this.reason.hidden || reason.value.trim() ? null : { field: reason, text: this.texts.noReason };
  }

  state() {
    return { answers: this.answers(), touched: this.touched, signsTouched: this.signsTouched };
  }

  restore(kind, state = {}, category = "") {
    [this.touched, this.signsTouched] = [state.touched ?? false, state.signsTouched ?? false];
    this.box.replaceChildren();
    this.check("");
    this.about(kind, state.answers ?? {});
    if (category) this.check(category);
    this.settleReason();
  }
}
