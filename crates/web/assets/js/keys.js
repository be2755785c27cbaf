// Single keys and `g` sequences. None while typing; a person may switch them off, then only Esc and Ctrl-Enter stay.
import { copyReference } from "./copy.js";
import { close, move, open } from "./queue.js";

const on = () => document.documentElement.dataset.keys !== "off";
const typing = (target) => target.matches?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
let going = 0;

function press(key) {
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target) return false;
  if (target.matches("input, textarea")) target.focus();
  else target.click();
  return true;
}

function go(letter) {
  const link = document.querySelector(`[data-go="${CSS.escape(letter)}"]`);
  link?.click();
  return Boolean(link);
}

function help() {
  const dialog = document.getElementById("keys-help");
  if (!dialog) return false;
  if (dialog.open) dialog.close();
  else dialog.showModal();
  return true;
}

function single(event) {
  if (going && Date.now() - going < 1500) {
    going = 0;
    return go(event.key);
  }
  switch (event.key) {
    case "g":
      going = Date.now();
      return true;
    case "?":
      return help();
    case "j":
      return move(1);
    case "k":
      return move(-1);
    case "Enter":
      return event.target.closest("a, button, summary") && !event.target.closest("[data-row]") ? false : open();
    case ".":
      return copyReference();
    default:
      return press(event.key);
  }
}

export function keyboard() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest("form") ?? document;
      const button = form.querySelector('[data-key="send"]');
      if (button) {
        event.preventDefault();
        button.click();
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      const menu = document.querySelector("details.person[open]");
      if (menu) menu.open = false;
      else if (!document.querySelector("dialog[open]") && !typing(event.target)) close();
      return;
    }
    if (!on() || typing(event.target)) return;
    if (single(event)) event.preventDefault();
  });
}
