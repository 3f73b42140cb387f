using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Interop;
using JsEngine = Jint.Engine;
using JsonParser = Jint.Native.Json.JsonParser;
using JsonSerializer = Jint.Native.Json.JsonSerializer;

namespace WorkflowStudio.Engine.Scripting;

/// <summary>
/// One run of a script: an engine of its own without access to anything, and limits. What they do not see (one built-in function that goes
/// through a huge value) the process around it holds: it has little memory, and is ended.
/// </summary>
internal static class ScriptSandbox
{
    private const string Remedy = "Do less in it, or give it a part of the data.";

    /// <summary>Runs a script; answers JSON or why there is none.</summary>
    public static ScriptAnswer Run(ScriptRequest request)
    {
        var lines = new List<string>();
        try
        {
            return !ScriptSource.TryRead(request.Source, out var script, out var problem)
                ? ScriptAnswer.Failed(ScriptCodes.Syntax, problem.Message)
                : Run(script, request, lines) with { Lines = lines };
        }
        catch (Exception e)
        {
            return Failure(e, request) with { Lines = lines };
        }
    }

    private static ScriptAnswer Run(in Prepared<Acornima.Ast.Script> script, ScriptRequest request, List<string> lines)
    {
        using var engine = new JsEngine(options => Limit(options, request.Time));
        engine.SetValue("console", Console(engine, lines));
        var function = engine.Evaluate(script);
        var input = new JsonParser(engine).Parse(request.Input.AsSpan());
        var value = engine.Call(function, JsValue.Undefined, [input]);
        if (value.IsPromise())
            return ScriptAnswer.Failed(ScriptCodes.NoData, "The script returned a promise: nobody waits for it. Return the value itself.");
        var json = new ArrayBufferWriter<byte>();
        if (!new JsonSerializer(engine).Serialize(value, json)) json.Write("null"u8);
        return json.WrittenCount <= ScriptLimits.LargestValue
            ? new ScriptAnswer(json.WrittenSpan.ToArray(), null, null)
            : ScriptAnswer.Failed(ScriptCodes.TooLarge,
                $"The script returned {json.WrittenCount:N0} bytes; at most {ScriptLimits.LargestValue:N0} are allowed (1 MiB). "
                + "Return less.");
    }

    private static void Limit(Options options, TimeSpan time)
    {
        options.Strict().DisableStringCompilation().Culture(CultureInfo.InvariantCulture).LimitRecursion(ScriptLimits.DeepestRecursion)
            .MaxStatements(ScriptLimits.MostStatements).LimitMemory(ScriptLimits.MostMemory).Constraint(new Deadline(time))
            .RegexTimeoutInterval(ScriptLimits.LongestMatch).MaxArraySize(ScriptLimits.LongestList).MaxJsonParseDepth(200);
        options.Constraints.StackOverflowGuard = true;
        options.Constraints.PromiseTimeout = ScriptLimits.LongestMatch;
        options.Constraints.MaxAtomicsPauseIterations = 1;
        options.AgentCanSuspend = false;
        options.Interop.Enabled = false;
    }

    private static JsObject Console(JsEngine engine, List<string> lines)
    {
        var console = new JsObject(engine);
        foreach (var name in (string[])["log", "info", "warn", "error", "debug"])
            console.Set(name, new ClrFunction(engine, name, (_, values) =>
            {
                if (lines.Count < ScriptLimits.MostLines) lines.Add(Line(engine, values));
                return JsValue.Undefined;
            }));
        return console;
    }

    private static string Line(JsEngine engine, JsValue[] values)
    {
        var line = string.Join(' ', values.Take(20).Select(v => v.IsObject() && !v.IsCallable() && v is not JsError
            ? TypeConverter.ToString(new JsonSerializer(engine).Serialize(v))
            : v.IsSymbol() ? v.ToString() : TypeConverter.ToString(v)));
        return line.Length <= ScriptLimits.LongestText ? line : line[..(ScriptLimits.LongestText - 1)] + "…";
    }

    private static ScriptAnswer Failure(Exception e, ScriptRequest request) => e switch
    {
        JavaScriptException thrown when thrown.Message == "Maximum call stack size exceeded" => TooDeep(),
        RecursionDepthOverflowException or InsufficientExecutionStackException => TooDeep(),
        JavaScriptException thrown => Thrown(thrown, request.Source),
        RegexMatchTimeoutException => ScriptAnswer.Failed(ScriptCodes.Pattern, "A regular expression of the script took longer than "
            + $"{ScriptLimits.LongestMatch.TotalSeconds:0.#} s. Write one without repetitions inside of repetitions."),
        TimeoutException => ScriptAnswer.Late(request.Time),
        StatementsCountOverflowException => ScriptAnswer.Failed(ScriptCodes.Statements,
            $"The script has more than {ScriptLimits.MostStatements:N0} statements to do. Look for a loop without an end. {Remedy}"),
        MemoryLimitExceededException or OutOfMemoryException => ScriptAnswer.OutOfMemory with { IsLast = e is OutOfMemoryException },
        _ => ScriptAnswer.Failed(ScriptCodes.Error, $"The script cannot be run: {e.Message}"),
    };

    private static ScriptAnswer TooDeep() => ScriptAnswer.Failed(ScriptCodes.Recursion,
        "The functions of the script call themselves too deep, or its values are nested too deep. Use a loop.");

    private static ScriptAnswer Thrown(JavaScriptException thrown, string source)
    {
        // no getter of what was thrown is asked: that would run more of the script
        var name = (thrown.Error as ObjectInstance)?.Prototype?.GetOwnProperty("name").Value is { } own && own.IsString()
            ? $"{own}: " : "";
        var message = thrown.Error is JsError || thrown.Error.IsPrimitive() ? thrown.Message : "The script threw an object.";
        if (message.Length > ScriptLimits.LongestText) message = message[..(ScriptLimits.LongestText - 1)] + "…";
        var at = ScriptSource.At(source, thrown.Location.Start.Line, thrown.Location.Start.Column, name + message.TrimEnd('.') + ".");
        return ScriptAnswer.Failed(ScriptCodes.Error, at.Message);
    }

    // The engine's own looks at the clock every 64 statements only, and anew for each of the calls above.
    private sealed class Deadline(TimeSpan time) : Constraint
    {
        private readonly long until = Environment.TickCount64 + (long)time.TotalMilliseconds;

        public override void Check()
        {
            if (Environment.TickCount64 > until) throw new TimeoutException();
        }

        public override void Reset()
        {
        }
    }
}
