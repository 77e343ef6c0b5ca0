import {type Flame} from './flame-tree.ts';

type FlameSvgOptions = {readonly title: string; /** `samples`, `µs`. */ readonly unit: string};

const width = 1200;
const rowHeight = 17;
const margin = 10;
const titleHeight = 30;
const characterWidth = 6.6;
/** Narrower frames are left out: nobody sees them, and there are many. */
const minWidth = 0.3;

/** A flame graph as an SVG picture: the root at the bottom, each frame as wide as its share, its figures as a tooltip. */
export function flameSvg(flame: Flame, {title, unit}: FlameSvgOptions): string {
	const depth = depthOf(flame);
	const height = titleHeight + (depth + 1) * rowHeight + margin;
	const scale = (width - margin * 2) / Math.max(1, flame.value);
	const parts: string[] = [];
	const draw = (frame: Flame, x: number, level: number) => {
		const wide = frame.value * scale;
		if (wide < minWidth) {
			return;
		}

		const y = height - margin - (level + 1) * rowHeight;
		const about = `${frame.name} (${frame.value.toLocaleString('en')} ${unit}, ${(frame.value / flame.value * 100).toFixed(2)} %)`;
		const letters = Math.floor((wide - 6) / characterWidth);
		const text = letters < 3 ? '' : `<text x="${round(x + 3)}" y="${y + 12}">${escaped(frame.name.length <= letters ? frame.name : `${frame.name.slice(0, letters - 1)}…`)}</text>`;
		parts.push(`<g><title>${escaped(about)}</title><rect x="${round(x)}" y="${y}" width="${round(wide)}" height="${rowHeight - 1}" fill="${colour(frame.name)}" rx="1"/>${text}</g>\n`);
		let from = x;
		for (const child of frame.children) {
			draw(child, from, level + 1);
			from += child.value * scale;
		}
	};

	draw(flame, margin, 0);
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="11">
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="${width / 2}" y="20" text-anchor="middle" font-size="14">${escaped(title)}</text>
${parts.join('')}</svg>
`;
}

function depthOf({children}: Flame): number {
	return children.length === 0 ? 0 : 1 + Math.max(...children.map(child => depthOf(child)));
}

// A frame has the same warm colour in every picture.
function colour(name: string): string {
	let hash = 0;
	for (const letter of name) {
		hash = (hash * 31 + letter.codePointAt(0)!) % 9973;
	}

	return `hsl(${10 + hash % 45} ${70 + hash % 20}% ${62 + hash % 12}%)`;
}

function round(number: number): string {
	return String(Math.round(number * 100) / 100);
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(/[^\t\n\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '�');
}
