/*
Colours by meaning, with contrast of at least 4.5 to 1 on the background that they are for. The hues are those of Okabe
and Ito, which people with any colour vision tell apart, darkened for light backgrounds. Colour is never the only cue.
*/
import {type Segment, type Style, type Tone} from './text/line.ts';

type ThemeName = 'dark' | 'light' | 'plain';

/** How many colours the terminal has: none, 16, 256, or all. */
type ColorDepth = 0 | 4 | 8 | 24;

export type Theme = {
	readonly name: ThemeName;
	/** A segment with its style as escape sequences. */
	paint(segment: Segment): string;
};

// RGB, the nearest of the 256, the nearest of the 16.
type Color = readonly [rgb: string, indexed: number, basic: number];
type Paint = {readonly dark: Color; readonly light: Color};

const sky: Paint = {dark: ['56b4e9', 74, 96], light: ['005f94', 24, 34]};
const amber: Paint = {dark: ['e69f00', 214, 93], light: ['7a5200', 94, 33]};
const green: Paint = {dark: ['2fbf93', 36, 92], light: ['006b4e', 23, 32]};
const vermilion: Paint = {dark: ['ff7b47', 209, 91], light: ['a83f00', 130, 31]};

const tones: Readonly<Record<Exclude<Tone, 'plain'>, Paint>> = {
	muted: {dark: ['a0a0a0', 247, 37], light: ['595959', 240, 90]},
	faint: {dark: ['767676', 243, 90], light: ['767676', 243, 90]},
	accent: sky,
	good: green,
	bad: vermilion,
	warn: amber,
	'hue-0': sky,
	'hue-1': amber,
	'hue-2': green,
	'hue-3': {dark: ['d98bb8', 175, 95], light: ['8c3f6b', 95, 35]},
	'hue-4': {dark: ['f0e442', 227, 33], light: ['5f5a00', 58, 33]},
	'hue-5': vermilion,
	'hue-6': {dark: ['8ab8ff', 111, 94], light: ['3a4fa8', 61, 34]},
	'hue-7': {dark: ['c8c8c8', 251, 37], light: ['404040', 238, 30]},
};

const selectedGround: Paint = {dark: ['33414f', 238, 44], light: ['d3e3f0', 254, 47]};
// What a search has found looks the same on both.
const foundGround: Color = ['f0e442', 227, 43];
const foundText: Color = ['000000', 16, 30];

/** The theme of a name at a colour depth; without colours, bold, underline and inverse remain. */
export function createTheme(name: ThemeName, depth: ColorDepth): Theme {
	const ground = depth === 0 || name === 'plain' ? undefined : name;
	const code = ([rgb, indexed, basic]: Color, layer: 38 | 48): string => {
		if (depth === 24) {
			return `${layer};2;${[0, 2, 4].map(at => Number.parseInt(rgb.slice(at, at + 2), 16)).join(';')}`;
		}

		return depth === 8 ? `${layer};5;${indexed}` : String(basic);
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
				found && ground ? `${code(foundGround, 48)};${code(foundText, 38)}` : '',
				selected && ground && !found ? code(selectedGround[ground], 48) : '',
				!ground && (selected ?? found) ? '7' : '',
				tone !== 'plain' && ground && !found ? code(tones[tone][ground], 38) : '',
			].filter(part => part !== '').join(';');
			known.set(key, parameters);
		}

		return parameters;
	};

	return {
		name,
		paint(segment) {
			const own = segment.sgr && ground ? segment.sgr : '';
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
