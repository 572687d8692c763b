// Looks again every five seconds while somebody watches, and moves nothing else on the page. Without
// scripts the link "Look again now" does the same.
const there = () => document.querySelector("[data-waiting]");

async function look() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("[data-waiting]");
  if (now === null) location.reload();
  else if (now.innerHTML !== there().innerHTML) there().replaceChildren(...now.childNodes);
}

setInterval(() => look().catch(() => {}), 5000);
