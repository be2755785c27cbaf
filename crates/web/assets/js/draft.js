// Saves what is typed while it is typed, and says so. The server answers with the time of its own clock as text.
const WAIT = 900;

function watch(form) {
  const said = form.querySelector("[data-saved]");
  let timer = 0;
  let running = false;
  let again = false;

  const say = (state, text) => {
    if (!said) return;
    said.dataset.state = state;
    said.textContent = text;
  };

  async function save() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    say("saving", said?.dataset.saving ?? "");
    const data = new FormData(form);
    // Files go with the form itself, not with each save.
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: data, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      // The first save makes a dossier of it: from then on it is written there.
      const draft = answer.headers.get("x-draft");
      if (draft && draft !== form.getAttribute("action")) {
        form.setAttribute("action", draft);
        form.dataset.autosave = `${draft}/autosave`;
        history.replaceState(null, "", draft);
      }
      const seen = answer.headers.get("x-seen");
      if (seen && form.elements.seen) form.elements.seen.value = seen;
      say("saved", `${said?.dataset.done ?? ""} ${(await answer.text()).trim()}`);
    } catch {
      say("failed", said?.dataset.failed ?? "");
    }
    running = false;
    if (again) {
      again = false;
      plan();
    }
  }

  function plan() {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  }

  form.addEventListener("input", plan);
  form.addEventListener("submit", () => clearTimeout(timer));
}

export function drafts() {
  for (const form of document.querySelectorAll("form[data-autosave]")) watch(form);
}
