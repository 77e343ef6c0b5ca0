import {type StyledText} from './styled-text.ts';
import {timeFormats, type TimeFormat} from './time-formats.ts';

// What may stand before the time at the beginning of a line: a bracket, a weekday or the first part of one.
const before = /^[\s(<[]*(?:[A-Z][a-z]{2,6},? ?)?$/;
const after = /^[)>\]]?[,:]?(?: [-|])?\s*/;
const headLength = 80;

/**
How many characters of a line, control sequences removed, are the time at its beginning and what sets it off; 0 where it does
not begin with a time that is understood.
*/
export function leadingTimeLength(plain: string, formats: readonly TimeFormat[] = timeFormats): number {
	const head = plain.slice(0, headLength);
	for (const {name, pattern} of formats) {
		const found = pattern.exec(head);
		if (!found || !before.test(head.slice(0, found.index))) {
			continue;
		}

		// The letter of glog is the line's level.
		const end = found.index + found[0].length;
		return name === 'glog' ? 0 : end + (after.exec(head.slice(end))?.[0].length ?? 0);
	}

	return 0;
}

/** The line without the time that it begins with. */
export function withoutLeadingTime(styled: StyledText): StyledText {
	const length = leadingTimeLength(styled.map(({text}) => text).join(''));
	let start = 0;
	return styled.map(({text, style}) => {
		const kept = text.slice(Math.max(0, length - start));
		start += text.length;
		return {text: kept, style};
	});
}
