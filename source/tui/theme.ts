/*
Colours by meaning, with contrast of at least 4.5 to 1 on the background that they are for. The hues are those of Okabe
and Ito, which people with any colour vision tell apart, darkened for light backgrounds. Colour is never the only cue.
*/
import {type Segment, type Style, type Tone} from './text/line.ts';

export type ThemeName = 'dark' | 'light' | 'plain';

/** How many colours the terminal has: none, 16, 256, or all. */
export type ColorDepth = 0 | 4 | 8 | 24;

export type Theme = {
	readonly name: ThemeName;
	/** A segment with its style as escape sequences. */
	paint(segment: Segment): string;
};

// RGB, the nearest of the 256, the nearest of the 16.
type Color = readonly [rgb: string, indexed: number, basic: number];
type Palette = Readonly<Record<Exclude<Tone, 'plain'>, Color>> & {readonly selected: Color; readonly found: Color; readonly onFound: Color};

const dark: Palette = {
	muted: ['a0a0a0', 247, 37],
	faint: ['767676', 243, 90],
	accent: ['56b4e9', 74, 96],
	good: ['2fbf93', 36, 92],
	bad: ['ff7b47', 209, 91],
	warn: ['e69f00', 214, 93],
	'hue-0': ['56b4e9', 74, 96],
	'hue-1': ['e69f00', 214, 93],
	'hue-2': ['2fbf93', 36, 92],
	'hue-3': ['d98bb8', 175, 95],
	'hue-4': ['f0e442', 227, 33],
	'hue-5': ['ff7b47', 209, 91],
	'hue-6': ['8ab8ff', 111, 94],
	'hue-7': ['c8c8c8', 251, 37],
	selected: ['33414f', 238, 44],
	found: ['f0e442', 227, 43],
	onFound: ['000000', 16, 30],
};

const light: Palette = {
	muted: ['595959', 240, 90],
	faint: ['767676', 243, 90],
	accent: ['005f94', 24, 34],
	good: ['006b4e', 23, 32],
	bad: ['a83f00', 130, 31],
	warn: ['7a5200', 94, 33],
	'hue-0': ['005f94', 24, 34],
	'hue-1': ['7a5200', 94, 33],
	'hue-2': ['006b4e', 23, 32],
	'hue-3': ['8c3f6b', 95, 35],
	'hue-4': ['5f5a00', 58, 33],
	'hue-5': ['a83f00', 130, 31],
	'hue-6': ['3a4fa8', 61, 34],
	'hue-7': ['404040', 238, 30],
	selected: ['d3e3f0', 254, 47],
	found: ['f0e442', 227, 43],
	onFound: ['000000', 16, 30],
};

/** The theme of a name at a colour depth; without colours, bold, underline and inverse remain. */
export function createTheme(name: ThemeName, depth: ColorDepth): Theme {
	const palette = depth === 0 || name === 'plain' ? undefined : (name === 'dark' ? dark : light);
	const code = (color: Color, ground: 38 | 48): string => {
		const [rgb, indexed, basic] = color;
		if (depth === 24) {
			return `${ground};2;${[0, 2, 4].map(at => Number.parseInt(rgb.slice(at, at + 2), 16)).join(';')}`;
		}

		return depth === 8 ? `${ground};5;${indexed}` : String(basic);
	};

	// A screen has few styles: each one's parameters are worked out once.
	const known = new Map<string, string>();
	const parametersOf = (style: Style): string => {
		const {tone = 'plain', bold, underline, selected, found} = style;
		const key = `${tone}${bold ? 'b' : ''}${underline ? 'u' : ''}${selected ? 's' : ''}${found ? 'f' : ''}`;
		let parameters = known.get(key);
		if (parameters === undefined) {
			parameters = [
				bold ? '1' : '',
				underline ? '4' : '',
				found && palette ? `${code(palette.found, 48)};${code(palette.onFound, 38)}` : '',
				selected && palette && !found ? code(palette.selected, 48) : '',
				!palette && (selected ?? found) ? '7' : '',
				tone !== 'plain' && palette && !found ? code(palette[tone], 38) : '',
			].filter(part => part !== '').join(';');
			known.set(key, parameters);
		}

		return parameters;
	};

	return {
		name,
		paint(segment) {
			const own = segment.sgr && palette ? segment.sgr : '';
			const parameters = [own, parametersOf(segment)].filter(part => part !== '').join(';');
			return parameters === '' ? segment.text : `\u{1B}[${parameters}m${segment.text}\u{1B}[0m`;
		},
	};
}

type Environment = Readonly<Record<string, string | undefined>>;

/** How many colours a terminal has, as its environment says. */
export function colorDepth(env: Environment): ColorDepth {
	if ((env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') {
		return 0;
	}

	if (/truecolor|24bit/.test(env['COLORTERM'] ?? '')) {
		return 24;
	}

	return (env['TERM'] ?? '').includes('256') ? 8 : 4;
}

/** Dark or light: what was asked for, else what `COLORFGBG` says, else dark. */
export function themeName(asked: string | undefined, env: Environment): ThemeName {
	if (asked === 'dark' || asked === 'light' || asked === 'plain') {
		return asked;
	}

	const background = Number(/;(?<background>\d+)$/.exec(env['COLORFGBG'] ?? '')?.groups?.['background'] ?? NaN);
	return background === 7 || background === 15 ? 'light' : 'dark';
}
