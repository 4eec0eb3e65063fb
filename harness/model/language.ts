/** Languages that people are spoken to in; also the value of `<html lang>`. */
export const languages = ['en', 'zh-CN'] as const;
export type Language = (typeof languages)[number];
