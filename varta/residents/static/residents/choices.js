// Shows a part of the form only while the choice that it belongs to is made. Without this everything is shown.

for (const part of document.querySelectorAll("[data-shown-by]")) {
  const form = part.closest("form");
  const { shownBy, values } = part.dataset;
  const wanted = values.split(" ");
  const update = () => {
    const chosen = form.querySelector(`[name="${shownBy}"]:checked`);
    part.hidden = !chosen || !wanted.includes(chosen.value);
  };
  form.addEventListener("change", update);
  update();
}
