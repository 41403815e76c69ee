// The kind of event: guessed from the words, chosen by Enter, by a number, or by typing a few letters.

import { fold, variants } from "./text.js";

export class KindField extends EventTarget {
  /**
   * @param {HTMLSelectElement} select @param {Record<string, {uk: string, en: string}>} kinds
   * @param {"uk" | "en"} language @param {() => string[]} guesses @param {Record<string, any>} texts
   */
  constructor(select, kinds, language, guesses, texts) {
    super();
    [this.select, this.guesses, this.texts] = [select, guesses, texts];
    this.all = Object.entries(kinds).map(([code, titles], nth) => ({ code, title: titles[language], number: String(nth + 1), folded: fold(`${titles.uk} ${titles.en}`) }));
    this.shown = [];
    this.at = 0;
    this.input = document.createElement("input");
    Object.assign(this.input, { id: "kind_typed", autocomplete: "off", maxLength: 60 });
    this.list = document.createElement("ul");
    Object.assign(this.list, { className: "suggestions kinds", id: "kind_list", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", texts.kindTyped);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": "kind_list", "aria-autocomplete": "list", placeholder: texts.kindTyped })) {
      this.input.setAttribute(name, value);
    }
    const around = document.createElement("div");
    around.className = "picker";
    around.append(this.input, this.list);
    select.parentElement.hidden = true;
    select.parentElement.before(around);
    document.querySelector("label[for=id_kind]").htmlFor = "kind_typed";
    this.input.addEventListener("focus", () => this.open());
    this.input.addEventListener("input", () => this.open());
    this.input.addEventListener("blur", () => this.left());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.show(select.value);
  }

  get value() {
    return this.select.value;
  }

  show(code) {
    this.select.value = code;
    this.input.value = this.all.find((one) => one.code === code)?.title ?? "";
  }

  /** Show the first guess as a proposal while nothing is chosen; it counts only when it is accepted. */
  propose() {
    if (this.value) return;
    const [first] = this.guesses();
    const title = this.all.find((one) => one.code === first)?.title;
    this.input.placeholder = title ? `${title}? — Enter` : this.texts.kindTyped;
  }

  open() {
    const typed = this.input.value.trim();
    const chosen = this.all.find((one) => one.code === this.value);
    this.shown = typed && typed !== chosen?.title ? this.fitting(typed) : this.guessedFirst();
    this.at = 0;
    this.list.replaceChildren(...this.shown.map((one, nth) => this.line(one, nth)));
    this.mark();
    this.list.hidden = !this.shown.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    if (typed && typed === chosen?.title) this.input.select();
  }

  guessedFirst() {
    const guesses = this.guesses();
    const first = guesses.map((code) => ({ ...this.all.find((one) => one.code === code), guessed: true }));
    return [...first, ...this.all.filter((one) => !guesses.includes(one.code))];
  }

  fitting(typed) {
    if (/^\d+$/.test(typed)) {
      const exact = this.all.filter((one) => one.number === typed);
      return [...exact, ...this.all.filter((one) => one.number.startsWith(typed) && one.number !== typed)];
    }
    const forms = variants(typed);
    const begins = (one) => forms.some((form) => one.folded.split(" ").some((word) => word.startsWith(form)) || one.folded.includes(form));
    return this.guessedFirst().filter(begins);
  }

  line(one, nth) {
    const line = document.createElement("li");
    line.id = `kind_${nth}`;
    line.setAttribute("role", "option");
    const number = document.createElement("kbd");
    number.textContent = one.number;
    line.append(number, ` ${one.title}`);
    if (one.guessed) {
      const why = document.createElement("small");
      why.textContent = this.texts.byWords;
      line.append(why);
    }
    line.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.take(nth);
    });
    return line;
  }

  mark() {
    [...this.list.children].forEach((line, nth) => line.setAttribute("aria-selected", String(nth === this.at)));
    this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
    if (this.shown.length) this.input.setAttribute("aria-activedescendant", `kind_${this.at}`);
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && this.shown.length) {
      this.at = (this.at + steps[event.key] + this.shown.length) % this.shown.length;
      this.mark();
      event.preventDefault();
    } else if (event.key === "Enter" && !event.ctrlKey) {
      event.preventDefault();
      event.stopPropagation();
      if (this.list.hidden) this.open();
      const plain = !this.input.value.trim() && !this.guesses().length && this.at === 0;
      if (this.shown.length && !plain) this.take(this.at);
    } else if (event.key === "Escape" && !this.list.hidden) {
      this.close();
      event.stopPropagation();
    }
  }

  /** Leaving by Tab takes what was typed where it can mean one thing only, or the guess. */
  left() {
    const typed = this.input.value.trim();
    if (!this.list.hidden) {
      const fits = typed ? this.fitting(typed) : [];
      if (this.value) this.show(this.value);
      else if (fits.length === 1 || (fits[0] && fits[0].number === typed)) this.choose(fits[0].code);
      else this.show("");
    }
    this.close();
  }

  take(nth) {
    this.choose(this.shown[nth].code);
    this.close();
    this.dispatchEvent(new Event("onward"));
  }

  choose(code) {
    this.show(code);
    this.dispatchEvent(new Event("chosen"));
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
