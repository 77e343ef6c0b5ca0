/** The style of a report: plain, readable on a screen in either scheme, and on paper. */
export const pageStyle = `
:root { color-scheme: light dark; }
body { font: 15px/1.45 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2.2rem; border-bottom: 1px solid #8888; } h3 { font-size: 1.05rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; } dt { opacity: .7; } dd { margin: 0; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .88rem; } th, td { padding: .2rem .6rem; text-align: left; vertical-align: bottom; border-bottom: 1px solid #8884; }
th { font-weight: 600; } .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
pre { background: #8882; padding: .6rem; overflow-x: auto; font-size: .82rem; white-space: pre-wrap; overflow-wrap: anywhere; }
figure { margin: 1rem 0; display: inline-block; background: white; } figure svg { display: block; width: min(100%, 32rem); height: auto; } figcaption { color: black; font-size: .8rem; padding: .2rem .4rem; }
.failed { color: #b00020; } @media (prefers-color-scheme: dark) { .failed { color: #ff8a80; } }
.note { font-size: .85rem; opacity: .8; }
@media print { body { font-size: 10pt; max-width: none; margin: 0; } h2, h3, figcaption { break-after: avoid; } figure, tr, pre { break-inside: avoid; } thead { display: table-header-group; } .wide { overflow: visible; } }
`;
