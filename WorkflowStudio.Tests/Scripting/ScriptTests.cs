using WorkflowStudio.Engine.Scripting;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Scripting;

public sealed class ScriptTests(ScriptDesk desk) : IClassFixture<ScriptDesk>
{
    [Theory]
    [InlineData("return input.a + 1", "3")]
    [InlineData("return { ...input, b: [1, null, true, 'é'] }", """{"a":2,"b":[1,null,true,"é"]}""")]
    [InlineData("if (input.a > 1) { return 'much' }\nreturn 'little'", "\"much\"")]
    [InlineData("input.a = 5", "null")]
    [InlineData("", "null")]
    [InlineData("return undefined", "null")]
    [InlineData("return () => 1", "null")]
    [InlineData("return [NaN, undefined, () => 1, -0]", "[null,null,null,0]")]
    [InlineData("return { at: new Date(Date.UTC(2026, 0, 31)), none: undefined }", """{"at":"2026-01-31T00:00:00.000Z"}""")]
    [InlineData("return new Date(2026, 5, 1).getTimezoneOffset()", "0")]
    [InlineData("return new Date(2026, 5, 1).toISOString()", "\"2026-06-01T00:00:00.000Z\"")]
    [InlineData("return (1234.5).toLocaleString()", "\"1,234.5\"")]
    [InlineData("const f = ({ a }) => `${a}{{ ${a} }}`; return f(input)", "\"2{{ 2 }}\"")]
    [InlineData("return this === undefined", "true")]
    [InlineData("return input.__proto__ === Object.prototype", "true")]
    [InlineData("// the end", "null")]
    public async Task Script_Returns_AValue(string source, string value) =>
        Assert.Equal(value, (await desk.ValueAsync(source, """{"a":2}""")).Replace("\\u00E9", "é", StringComparison.Ordinal));

    [Theory]
    [InlineData("const a = 1;\nconst b = ;\nreturn a", "code_syntax", "Line 2, column 11: Unexpected token ';'.")]
    [InlineData("return {", "code_syntax", "Line 1, column 9: ")]
    [InlineData("return 1 }); for (;;); (function () {", "code_syntax", "There is a } too many. Take it out.")]
    [InlineData("return 1 } + function () {", "code_syntax", "There is a } too many. Take it out.")]
    [InlineData("return await 1", "code_syntax", "Line 1, column 8: await is only valid in async functions")]
    [InlineData("const f = async () => 1;\nreturn f()", "code_syntax", "Line 1, column 11: async and await are not possible here")]
    [InlineData("return import('fs')", "code_syntax", "Line 1, column 8: Nothing can be imported here.")]
    [InlineData("with (input) return a", "code_syntax", "Line 1, column 1: ")]
    [InlineData("const a = 1;\n\n  return a.b.c", "code_error",
        "Line 3, column 14: TypeError: Cannot read properties of undefined (reading 'c').")]
    [InlineData("\nthrow new Error('bad luck')", "code_error", "Line 2, column 7: Error: bad luck.")]
    [InlineData("throw 'plain'", "code_error", "Line 1, column 7: plain.")]
    [InlineData("throw { a: 1 }", "code_error", "Line 1, column 7: The script threw an object.")]
    [InlineData("throw null", "code_error", "Line 1, column 7: null.")]
    [InlineData("x = 1", "code_error", "Line 1, column 1: ReferenceError: x is not defined.")]
    public async Task Script_ThatIsWrong_TellsThePlaceInIt(string source, string code, string message)
    {
        var problem = await desk.ProblemAsync(source);

        Assert.Equal(code, problem.Code);
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
        Assert.False(problem.Retryable);
    }

    [Theory]
    [InlineData("return eval('1')")]
    [InlineData("return Function('return 1')()")]
    [InlineData("return globalThis.constructor.constructor('return this')()")]
    [InlineData("return (() => {}).constructor('return globalThis')()")]
    [InlineData("return Object.getPrototypeOf(function* () {}).constructor('yield 1')().next()")]
    [InlineData("return console.log.constructor('return this')()")]
    [InlineData("return new ShadowRealm().evaluate('1')")]
    [InlineData("return System.IO.File.ReadAllText('/etc/passwd')")]
    [InlineData("return importNamespace('System')")]
    [InlineData("return require('fs')")]
    [InlineData("return process.env")]
    [InlineData("return fetch('http://localhost')")]
    [InlineData("return setTimeout(() => 1, 1)")]
    public async Task Script_ReachesForTheHost_FindsNothing(string source) =>
        Assert.Equal("code_error", (await desk.ProblemAsync(source)).Code);

    [Fact]
    public async Task Globals_OfAScript_AreThoseOfTheLanguage()
    {
        var names = await desk.ValueAsync(
            "return Object.getOwnPropertyNames(globalThis).filter(n => /^[a-z]/.test(n) && typeof globalThis[n] !== 'number').sort()");

        Assert.Equal(
            """["console","decodeURI","decodeURIComponent","encodeURI","encodeURIComponent","escape","eval","globalThis","isFinite","""
            + "\"isNaN\",\"parseFloat\",\"parseInt\",\"toString\",\"undefined\",\"unescape\"]",
            names);
    }

    [Fact]
    public async Task Script_AfterAnother_SeesNothingOfIt()
    {
        await desk.ValueAsync("globalThis.left = 1; Object.prototype.leak = 2; Array.prototype.map = null; JSON.parse = null; return 1");

        Assert.Equal("[\"undefined\",null,\"function\",[2]]",
            await desk.ValueAsync("return [typeof left, ({}).leak ?? null, typeof JSON.parse, [1].map(n => n + 1)]"));
    }

    [Fact]
    public async Task Console_OfAScript_IsKeptAlsoWhenItFails()
    {
        var run = await desk.RunAsync("console.log('sum', 3, { a: [1] }, null); console.warn(Symbol('s')); throw new Error('no')");

        Assert.Equal(["""sum 3 {"a":[1]} null""", "Symbol(s)"], run.Lines);
        Assert.Equal("code_error", run.Value.Problem!.Code);
    }

    [Fact]
    public async Task Console_OfAScriptThatSaysMuch_IsCut()
    {
        var run = await desk.RunAsync("for (let i = 0; i < 1000; i++) console.log('x'.repeat(5000)); return 1");

        Assert.Equal(ScriptLimits.MostLines, run.Lines.Count);
        Assert.All(run.Lines, line => Assert.Equal(ScriptLimits.LongestText, line.Length));
    }

    [Fact]
    public async Task Source_LongerThanItMayBe_IsRefused()
    {
        var problem = await desk.ProblemAsync("return 1 " + new string(' ', ScriptLimits.LongestSource));

        Assert.Equal("code_syntax", problem.Code);
        Assert.Contains("65,536", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_WhereItIsNotAllowed_IsNotRun()
    {
        using var strict = new ScriptDesk { Allows = false };

        var problem = await strict.ProblemAsync("return 1");

        Assert.Equal("code_not_allowed", problem.Code);
        Assert.Contains("owners and admins", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_WithoutAProgramToRunIt_Fails()
    {
        using var none = new ProcessScripts(ScriptDesk.Options with { File = "/no/such/program" }, desk,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<ProcessScripts>.Instance);

        var run = await none.RunAsync(ScriptDesk.Tenant, "return 1", default, TimeSpan.FromSeconds(1), default);

        Assert.Equal("code_unavailable", run.Value.Problem!.Code);
    }

    [Fact]
    public async Task Script_ThatIsCanceled_LeavesItsPlace()
    {
        using var cancel = new CancellationTokenSource();
        var endless = desk.RunAsync("for (;;);", seconds: 10, cancellationToken: cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);
        Assert.Equal("1", await desk.ValueAsync("return 1"));
    }
}
