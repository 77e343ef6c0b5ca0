import {Box} from 'ink';
import {useLook} from '../look.ts';
import {fitLine, type Line, lineWidth, segment} from '../text/line.ts';
import {wrapWords} from '../text/wrap-words.ts';
import {useKeyPress} from '../terminal/key-queue.tsx';
import {Rows} from './rows.tsx';

type Choice = {
	/** The key that takes it; Enter takes the first. */
	readonly key: string;
	readonly label: string;
	readonly take: () => void;
};

type DialogProps = {
	readonly question: string;
	/** What follows from which answer, a line each. */
	readonly notes?: readonly string[];
	readonly choices: readonly Choice[];
	readonly width: number;
	readonly height: number;
	readonly onCancel: () => void;
	/** Ctrl-C; cancels where it has no meaning of its own. */
	readonly onInterrupt?: () => void;
};

/** A question in the middle of the screen; Escape takes it back. */
export function Dialog({question, notes = [], choices, width, height, onCancel, onInterrupt = onCancel}: DialogProps) {
	const {glyphs} = useLook();
	useKeyPress(({name}) => {
		if (name === 'esc') {
			onCancel();
		} else if (name === 'ctrl-c') {
			onInterrupt();
		} else {
			(name === 'enter' ? choices[0] : choices.find(choice => choice.key === name))?.take();
		}
	});
	const answers: Line = [...choices, {key: 'esc', label: 'cancel'}].flatMap(({key, label}) => [segment(`  ${key}`, 'accent', {bold: true}), segment(` ${label}`)]);
	const wrapped = (text: string) => wrapWords(text, width - 8);
	const explained: readonly Line[] = notes.length > 0 ? [...notes.flatMap(note => wrapped(note)).map((row): Line => [segment(`  ${row}`, 'muted')]), []] : [];
	const body: readonly Line[] = [[], ...wrapped(question).map((row): Line => [segment(`  ${row}`, 'plain', {bold: true})]), [], ...explained, answers, []];
	const inner = Math.min(width - 4, Math.max(40, ...body.map(line => lineWidth(line) + 2)));
	const lines = framed(body, inner, glyphs.unicode);
	return (
		<Box width={width} height={height} alignItems='center' justifyContent='center'>
			<Rows lines={lines} width={inner + 2}/>
		</Box>
	);
}

/** Lines in a frame. */
export function framed(lines: readonly Line[], inner: number, unicode: boolean, title = ''): readonly Line[] {
	const [topLeft, topRight, bottomLeft, bottomRight, horizontal, vertical] = unicode ? ['╭', '╮', '╰', '╯', '─', '│'] as const : ['+', '+', '+', '+', '-', '|'] as const;
	const head = title === '' ? horizontal.repeat(inner) : `${horizontal} ${title} ${horizontal.repeat(Math.max(0, inner - title.length - 3))}`;
	return [
		[segment(topLeft + head + topRight, 'muted')],
		...lines.map((line): Line => [segment(vertical, 'muted'), ...fitLine(line, inner), segment(vertical, 'muted')]),
		[segment(bottomLeft + horizontal.repeat(inner) + bottomRight, 'muted')],
	];
}

/** A title in a rule: `── title ───────── right ──`. */
export function titleRule(title: Line, right: Line, width: number, horizontal = '─'): Line {
	const head: Line = [segment(`${horizontal} `, 'faint'), ...title, segment(' ', 'faint')];
	const tail: Line = lineWidth(right) === 0 ? [] : [segment(' '), ...right, segment(' ')];
	const between = width - lineWidth(head) - lineWidth(tail);
	if (between >= 1) {
		return [...head, segment(horizontal.repeat(between), 'faint'), ...tail];
	}

	const room = width - lineWidth(head) - 1;
	return room < 8 ? fitLine(head, width) : [...head, segment(horizontal, 'faint'), ...fitLine(tail, room)];
}
