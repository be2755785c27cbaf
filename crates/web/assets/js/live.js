// Listens for "something changed" and fetches the parts of this page again. The events carry no content.
import { show } from "./part.js";

export function live() {
  const { stream } = document.body.dataset;
  if (!stream) return;
  let waiting = 0;
  const refresh = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => show(location.href, { mark: true }).catch(() => {}), 150);
  };
  const source = new EventSource(stream);
  source.addEventListener("changed", refresh);
  // After a break something may have passed unheard.
  let broken = false;
  source.addEventListener("error", () => {
    broken = true;
  });
  source.addEventListener("open", () => {
    if (broken) refresh();
    broken = false;
  });
}
