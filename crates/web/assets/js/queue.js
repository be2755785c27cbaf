// The list with its drawer: a click selects, j and k move, Enter opens, Esc closes. Without script the
// reference in a row leads to the same drawer.
import { show } from "./part.js";

const rows = () => [...document.querySelectorAll("[data-row]")];
const current = () => rows().findIndex((row) => row.classList.contains("selected"));

async function select(row) {
  if (!row) return;
  for (const other of rows()) other.classList.toggle("selected", other === row);
  row.scrollIntoView({ block: "nearest" });
  const { id } = row;
  const url = row.dataset.select;
  history.replaceState(null, "", url);
  if (window.innerWidth > 760) await show(url);
  document.getElementById(id)?.querySelector("a")?.focus({ preventScroll: true });
}

export function move(step) {
  const all = rows();
  if (!all.length) return false;
  const at = current();
  select(all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + step))]);
  return true;
}

export function open() {
  const row = rows()[current()];
  const link = row?.querySelector("a.subject");
  if (link) location.assign(link.href);
  return Boolean(link);
}

export async function close() {
  const link = document.querySelector("[data-close]");
  if (!link) return false;
  const id = rows()[current()]?.id;
  history.replaceState(null, "", link.href);
  await show(link.href);
  if (id) document.getElementById(id)?.querySelector("a")?.focus();
  return true;
}

export function queue() {
  document.addEventListener("click", (event) => {
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!plain || window.innerWidth <= 760) return;
    if (event.target.closest("[data-close]")) {
      event.preventDefault();
      close();
      return;
    }
    const row = event.target.closest("[data-row]");
    if (!row || event.target.closest("a.subject, button")) return;
    event.preventDefault();
    select(row);
  });
}
