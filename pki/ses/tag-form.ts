/**
 * How an optional field was tagged. The standards leave it open (GM/T 0031-2014 says EXPLICIT without a number, GB/T 38540
 * writes `[0]` without a tagging mode) and implementations differ, so all three are read and the form is kept.
 */
export type TagForm = 'EXPLICIT' | 'IMPLICIT' | 'UNTAGGED'
