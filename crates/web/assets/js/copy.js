// Copies the reference of the dossier at hand, or of the selected row. The button appears only where it works.
export function copyReference() {
  const holder =
    document.querySelector("[data-copy]") ?? document.querySelector("[data-row].selected");
  const reference = holder?.dataset.copy ?? holder?.dataset.reference;
  if (!reference || !navigator.clipboard) return false;
  navigator.clipboard.writeText(reference).then(() => {
    const said = document.querySelector("[data-copied]");
    if (said) said.textContent = said.dataset.copied;
  });
  return true;
}

export function copying() {
  const show = () => {
    for (const button of document.querySelectorAll("button[data-copy]")) button.hidden = !navigator.clipboard;
  };
  show();
  document.addEventListener("parts", show);
  document.addEventListener("click", (event) => {
    if (event.target.closest("button[data-copy]")) copyReference();
  });
}
