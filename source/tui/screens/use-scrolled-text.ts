import {useState} from 'react';
import {cutCells} from '../../logs/cells.ts';
import {parseQuery} from '../../logs/query.ts';
import {plainText, styledText} from '../../logs/styled-text.ts';
import {type CommandOf} from '../keys/keymap.ts';
import {type Line, segment} from '../text/line.ts';
import {isMoving, stepOf} from '../text/move.ts';
import {wrapWords} from '../text/wrap-words.ts';
import {type Asked} from './page.tsx';
import {marks} from './row-style.ts';

type ScrolledText = {
	/** What shows, at most as high as asked for. */
	readonly lines: readonly Line[];
	/** Where a person is in it, for the header. */
	readonly right: Line;
	/** The search, while it is typed. */
	readonly asked: Asked | undefined;
	/** What the keys of moving and searching do. */
	readonly onCommand: (command: CommandOf<'moving' | 'searching'>) => void;
};

type Size = {readonly columns: number; readonly height: number};

const scrollCells = 8;

/** A text that is scrolled and searched, long lines broken between words; colours in it stay, and its place when it changes. */
export function useScrolledText(text: string, {columns, height}: Size): ScrolledText {
	const [top, setTop] = useState(0);
	const [column, setColumn] = useState(0);
	const [search, setSearch] = useState('');
	const [isAsking, setIsAsking] = useState(false);
	const width = columns - 2;
	const lines = text.trimEnd().split('\n').flatMap(line => (line.length > width ? wrapWords(line, width) : [line]));
	const last = Math.max(0, lines.length - height);
	const from = Math.min(top, last);
	const query = search === '' ? undefined : parseQuery(search);
	const goToMatch = (start: number, step: 1 | -1, typed = query) => {
		const all = typed ? lines : [];
		for (let tried = 0; tried < all.length; tried++) {
			const index = (start + (tried * step) + (2 * all.length)) % all.length;
			if (typed?.test(plainText(all[index]!))) {
				setTop(Math.min(last, index));
				return;
			}
		}
	};

	return {
		lines: lines.slice(from, from + height).map((line): Line => [
			segment(' '),
			...marks(
				cutCells(styledText(line), column, width).map(({text: shown, style}) => ({text: shown, sgr: style})),
				query,
			),
		]),
		right: lines.length > height ? [segment(`${from + 1}-${Math.min(lines.length, from + height)} of ${lines.length}`, 'muted')] : [],
		asked: isAsking
			? {
				sign: '/',
				onSubmit(typed) {
					setSearch(typed);
					setIsAsking(false);
					goToMatch(from, 1, typed === '' ? undefined : parseQuery(typed));
				},
				onCancel() {
					setIsAsking(false);
				},
			}
			: undefined,
		onCommand(command) {
			if (command === 'left' || command === 'right') {
				setColumn(Math.max(0, column + (command === 'left' ? -scrollCells : scrollCells)));
			} else if (isMoving(command)) {
				setTop(Math.max(0, Math.min(last, from + stepOf(command, height))));
			} else {
				switch (command) {
					case 'search': {
						setIsAsking(true);
						break;
					}

					case 'next-match':
					case 'previous-match': {
						goToMatch(from + (command === 'next-match' ? 1 : -1), command === 'next-match' ? 1 : -1);
						break;
					}

					case 'filter': {
						// What a filter is over is for the screen to say.
						break;
					}
				}
			}
		},
	};
}
