using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Scripting;

/// <summary>Scripts that mean harm: each fails with a code, and the next one runs as if nothing had been.</summary>
public sealed class ScriptBombTests(ScriptDesk desk) : IClassFixture<ScriptDesk>
{
    public static TheoryData<string, string> Bombs { get; } = new()
    {
        { "code_statements", "for (;;);" },
        { "code_statements", "while (true) {}" },
        { "code_statements", "try { for (;;); } catch { for (;;); } finally { for (;;); }" },
        { "code_statements", "return { get a() { for (;;); } }" },
        { "code_statements", "return { toJSON() { for (;;); } }" },
        { "code_error|code_statements", "throw new Proxy({}, { get() { for (;;); }, getPrototypeOf() { for (;;); } })" },
        { "code_statements", "return [2, 1].sort(() => { for (;;); })" },
        { "code_timeout", "return Iterator.from({ next: Object.bind(null, { done: false, value: 1 }) }).some(isNaN)" },
        { "code_timeout|code_memory", "let a = 3n; for (;;) a = a * a" },
        { "code_timeout|code_memory", "const a = Array(9e4).fill('x'); for (;;) a.toSorted()" },
        { "code_timeout|code_pattern", "for (;;) { try { /^(a+)+$/.test('a'.repeat(40) + '!') } catch {} }" },
        { "code_pattern", "return /^(a+)+$/.test('a'.repeat(40) + '!')" },
        { "code_pattern", "return /^(a|a)*$/u.test('a'.repeat(40) + '!')" },
        { "code_pattern", "return new RegExp('^(?=(a+)+b)(\\\\w+)+$').test('a'.repeat(40) + '!')" },
        { "code_memory", "const a = []; for (;;) a.push('x'.repeat(100000) + a.length)" },
        { "code_memory", "const m = new Map(); for (let i = 0; ; i++) m.set(i, i)" },
        { "code_memory", "let s = 'aaaaaaaa'; for (;;) s += s" },
        { "code_memory", "return Array(1e9).fill(0)" },
        { "code_memory|code_error", "return 'x'.repeat(2 ** 28).length" },
        { "code_memory|code_error", "return 'x'.padStart(2 ** 28).length" },
        { "code_memory|code_error", "return Array(9e4).join('x'.repeat(1e5)).length" },
        { "code_memory|code_error", "return JSON.stringify(Array(90000).fill('x'.repeat(1e6))).length" },
        { "code_memory|code_error", "return Array(90000).fill('x'.repeat(1e6))" },
        { "code_memory|code_error", "let a = [1]; for (let i = 0; i < 60; i++) a = [a, a]; return a" },
        { "code_memory|code_error", "let a = ['x']; for (let i = 0; i < 60; i++) a = [a, a]; return a.flat(Infinity)" },
        { "code_memory|code_error", "return Object.getOwnPropertyDescriptors('x'.repeat(2 ** 23))" },
        { "code_memory|code_error", "return new Uint8Array(2 ** 30).fill(1).length" },
        { "code_memory|code_error", "return 'x'.repeat(1e6).replace(/x/g, 'y'.repeat(400)).length" },
        { "code_error", "return 2n ** (2n ** 40n)" },
        { "code_recursion", "function f() { return f() + 1 } return f()" },
        { "code_recursion", "const o = { toString() { return '' + o } }; return '' + o" },
        { "code_recursion", "const p = new Proxy({}, { get(t, k, r) { return r[k] } }); return p.x" },
        { "code_recursion", "const make = () => ({ a: { toJSON() { return make() } } }); return make()" },
        { "code_recursion", "const o = { toJSON() { return JSON.stringify(o) } }; return o" },
        // what the stack has room for is no mistake: then the last two words of each are one
        { "code_recursion|code_memory|output_too_deep", "let a = []; for (let i = 0; i < 200000; i++) a = [a]; return a" },
        { "code_recursion|code_memory|code_error", "let a = []; for (let i = 0; i < 200000; i++) a = [a]; return a.join().x.y" },
        { "code_recursion|code_memory|code_error", "let f = () => 1; for (let i = 0; i < 2000000; i++) f = f.bind(null); return f().x.y" },
        { "code_recursion|code_memory|code_error", "let p = {}; for (let i = 0; i < 200000; i++) p = new Proxy(p, {}); return p.x.y" },
        { "code_error", "return JSON.parse('['.repeat(500000) + ']'.repeat(500000))" },
        { "code_error", "const o = {}; o.o = o; return o" },
        { "code_error", "return new RegExp('(?:'.repeat(200000) + 'a' + ')*'.repeat(200000)).test('a')" },
        { "output_too_deep", "let a = []; for (let i = 0; i < 60; i++) a = [a]; return a" },
        { "output_too_large", "return 'x'.repeat(1024 * 1024)" },
        { "code_error", "throw new Error('x'.repeat(3e6))" },
        { "code_output", "return Promise.resolve(1)" },
        { "code_output", "return '\\ud800'" },
    };

    public static TheoryData<string> NestedSources { get; } =
    [
        "return " + Times("[", 30_000) + Times("]", 30_000), "return " + Times("{a:", 10_000) + "1" + Times("}", 10_000),
        "return " + Times("(", 30_000) + "1" + Times(")", 30_000), "return " + Times("!", 60_000) + "1",
        "return " + Times("1+", 30_000) + "1", "return " + Times("a=>", 20_000) + "1", "const a = {}; return a" + Times("?.a", 20_000),
        "const a = () => a; return a" + Times("()", 30_000), "return " + Times("1?1:", 15_000) + "1", Times("if(1)", 12_000) + ";",
        Times("{", 30_000) + Times("}", 30_000), "return " + Times("`${", 10_000) + "1" + Times("}`", 10_000),
        "return " + Times("new ", 15_000) + "Object", Times("try{", 4_000) + Times("}catch{}", 4_000),
        "const " + Times("[", 15_000) + "a" + Times("]", 15_000) + " = []; return 1", "return " + Times("1,", 30_000) + Times("[", 9_000),
    ];

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task Bomb_Explodes_AloneAndWithACode(string codes, string source)
    {
        // where others keep the machine busy its second may be over first
        Assert.Contains((await desk.ProblemAsync(source, 1)).Code, codes.Split('|').Append("code_timeout"));
        Assert.Equal("3", await desk.ValueAsync("return input.a + 1", """{"a":2}"""));
    }

    [Theory]
    [MemberData(nameof(NestedSources))]
    public async Task Source_NestedTooDeep_IsRefusedWithoutBeingRun(string source)
    {
        Assert.Equal("code_syntax", (await desk.ProblemAsync(source)).Code);
        Assert.Equal("1", await desk.ValueAsync("return 1"));
    }

    private static string Times(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
