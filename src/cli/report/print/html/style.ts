/** The style of the page, for a light and a dark screen and for paper. On a narrow screen each row of a table becomes a card. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f6f6f3; --card: #ffffff; --line: #e4e3de; --text: #22262b; --soft: #666d76; --track: #ecebe6;
  --needed: #b4540a; --waiting: #2b62b8; --announce: #7146ad; --safe: #1f7a45; --no-data: #666d76;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #15181c; --card: #1d2126; --line: #30363d; --text: #e3e6ea; --soft: #9aa3ad; --track: #2b3037;
    --needed: #f0a25c; --waiting: #82b1f5; --announce: #bf9df0; --safe: #6cc993; --no-data: #9aa3ad;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 2.5rem 1.25rem 4rem; background: var(--page); color: var(--text);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
main { max-width: 74rem; margin: 0 auto; }
h1 { margin: 0; font-size: 1.5rem; font-weight: 650; letter-spacing: -0.01em; line-height: 1.25; }
h2 { margin: 2.75rem 0 0; font-size: 1.0625rem; font-weight: 650; }
p { margin: 0.25rem 0 0; }
.soft { color: var(--soft); }
.verdict {
  margin-top: 1.5rem; padding: 1.5rem 1.75rem; background: var(--card); border: 1px solid var(--line);
  border-left: 4px solid var(--tone); border-radius: 8px;
}
.verdict strong { display: block; color: var(--tone); font-size: 1.0625rem; }
.verdict strong::first-letter { text-transform: uppercase; }
.verdict ul { margin: 1rem 0 0; padding: 0; list-style: none; border-top: 1px solid var(--line); }
.verdict li { padding: 0.7rem 0 0; overflow-wrap: anywhere; }
.verdict li, .notes li { color: var(--soft); font-size: 0.9375rem; }
.notes { margin: 0.6rem 0 0; padding: 0 0 0 1.1rem; }
.card { margin-top: 0.9rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
th { padding: 0.7rem 0.75rem; text-align: left; font-weight: 550; color: var(--soft); white-space: nowrap; }
td { padding: 0.6rem 0.75rem; border-top: 1px solid var(--line); vertical-align: top; white-space: nowrap; }
th:first-child, td:first-child { padding-left: 1.25rem; }
td.caller:first-child { min-width: 11rem; font-size: 0.8125rem; line-height: 1.7; }
th:last-child, td:last-child { padding-right: 1.25rem; }
th.number, td.number { text-align: right; }
td.caller { white-space: normal; overflow-wrap: anywhere; min-width: 9rem; max-width: 22rem; }
.request { display: block; max-width: 12rem; font-size: 0.75rem; line-height: 1.35; color: var(--soft); white-space: normal; overflow-wrap: anywhere; }
.date { white-space: nowrap; }
.state::before {
  content: ""; display: inline-block; width: 0.55em; height: 0.55em; margin-right: 0.5em; border-radius: 50%; background: var(--tone);
}
.bar { display: block; height: 3px; margin-top: 0.35rem; background: var(--track); border-radius: 2px; overflow: hidden; }
.bar i { display: block; height: 100%; background: var(--tone); border-radius: 2px; }
.active { --tone: var(--needed); } .fading, .tested { --tone: var(--waiting); }
.quiet { --tone: var(--announce); } .gone { --tone: var(--safe); }
.notBreaking tr, .failing tr, .unverified tr { --tone: var(--soft); }
footer { margin-top: 3rem; color: var(--soft); font-size: 0.875rem; }
@media (max-width: 60rem) {
  body { padding: 1.5rem 1rem 3rem; }
  h1 { font-size: 1.25rem; }
  .verdict { padding: 1.1rem 1.15rem; }
  .card { border: 0; background: none; overflow: visible; }
  table, tbody, tr, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { margin-top: 0.75rem; padding: 0.65rem 1.15rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
  td, td.number, td.caller, td:first-child, td:last-child {
    display: flex; justify-content: space-between; gap: 1.5rem; max-width: none; padding: 0.25rem 0; border: 0; text-align: right;
    font-size: 0.875rem; color: var(--text); white-space: normal;
  }
  td::before { content: attr(data-label); flex: none; color: var(--soft); }
  td:first-child { padding-bottom: 0.45rem; font-weight: 600; }
  td:first-child::before { font-weight: 400; }
  .bar { width: 6rem; margin-left: auto; }
  .request { margin-left: auto; }
}
@media print {
  :root { --page: #ffffff; }
  body { padding: 0; font-size: 12px; }
  tr { break-inside: avoid; }
}
`;
