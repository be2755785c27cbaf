// Fetches a page of ours and puts its parts in the place of those that are shown.

// What a person is writing in is never replaced: a part with a control that has changed stays as it is.
function touched(part) {
  if (part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")) return true;
  return [...part.querySelectorAll("input, textarea, select")].some((control) => {
    if (control.type === "hidden" || control.type === "submit") return false;
    if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
    if (control instanceof HTMLSelectElement) {
      const first = [...control.options].findIndex((option) => option.defaultSelected);
      return control.selectedIndex !== (first < 0 ? 0 : first);
    }
    if (control.type === "file") return control.files.length > 0;
    return control.value !== control.defaultValue;
  });
}

let asked = 0;

// Shows the parts of `url`; returns false where the page could not be had or another was asked for meanwhile.
export async function show(url, { mark = false } = {}) {
  const turn = ++asked;
  const answer = await fetch(url, { headers: { Accept: "text/html" }, credentials: "same-origin" });
  if (!answer.ok || answer.redirected || turn !== asked) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (turn !== asked) return false;
  for (const part of document.querySelectorAll("[data-part]")) {
    const fresh = page.getElementById(part.id);
    if (!fresh || part.outerHTML === fresh.outerHTML || touched(part)) continue;
    const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
    const node = document.adoptNode(fresh);
    part.replaceWith(node);
    if (mark) node.classList.add("changed");
    if (focused) document.getElementById(focused)?.focus();
  }
  document.dispatchEvent(new CustomEvent("parts"));
  return true;
}
