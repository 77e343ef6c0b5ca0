import {memo} from 'react';
import {bindingsIn, type KeyPlace, shownKey} from '../keys/keymap.ts';
import {useLook} from '../look.ts';
import {type Line, lineWidth, segment, type Segment} from '../text/line.ts';
import {Rows} from './rows.tsx';

type FooterProps = {
	/** Groups of the keymap that hold here, the most particular first. */
	readonly places: readonly KeyPlace[];
	/** Commands to show first, in this order; the others follow as far as there is room. */
	readonly first?: readonly string[];
	/** Commands that do nothing here and now. */
	readonly without?: readonly string[];
	/** `q` leads back to another screen. */
	readonly isInner?: boolean;
	readonly width: number;
};

/** The keys that work here and now: what fits, `?` and `q` always. */
export const Footer = memo(({places, first = [], without = [], isInner = false, width}: FooterProps) => {
	const {glyphs} = useLook();
	return <Rows lines={[footerLine({places, first, without, isInner, width}, glyphs.unicode)]} width={width}/>;
});

Footer.displayName = 'Footer';

const always = ['help', 'quit'];

export function footerLine({places, first = [], without = [], isInner = false, width}: FooterProps, unicode = true): Line {
	const rank = (command: string) => (first.includes(command) ? first.indexOf(command) : first.length);
	const named = bindingsIn(places).filter(({label, command}) => label !== undefined && !without.includes(command));
	const last = named.filter(({command}) => always.includes(command)).toSorted((one, other) => always.indexOf(one.command) - always.indexOf(other.command));
	const rest = named.filter(({command}) => !always.includes(command)).toSorted((one, other) => rank(one.command) - rank(other.command));
	const entry = ({command, keys, label = ''}: {readonly command: string; readonly keys: readonly string[]; readonly label?: string}): readonly Segment[] => [
		segment(` ${shownKey(keys[0] ?? '', unicode)}`, 'accent', {bold: true}), segment(` ${isInner && command === 'quit' ? 'back' : label} `, 'muted'),
	];
	const end = last.flatMap(entry);
	let line: Line = [];
	for (const binding of rest) {
		const longer = [...line, ...entry(binding)];
		if (lineWidth(longer) + lineWidth(end) > width) {
			break;
		}

		line = longer;
	}

	return [...line, ...end];
}
