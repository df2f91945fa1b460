/**
 * A state without a value is *absent* (S11): never set, deleted or expired. The request names it without a `state_value`, code holds
 * null for it, and people read this word; a state may hold JSON's null, which is a value.
 */
export const ABSENT = 'absent';
