// Keeps what is typed on the server as it is typed. Without this script, "Save and continue" does.
const form = document.querySelector("[data-keep-as-typed]");
const kept = form?.querySelector("[data-kept]");
let waiting;

async function keep() {
  const typed = new FormData(form);
  typed.set("autosave", "1");
  const answer = await fetch(location.href, { method: "POST", body: typed, credentials: "same-origin" });
  if (kept) kept.textContent = answer.ok ? "Kept so far." : "";
}

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => keep().catch(() => {}), 1500);
});
