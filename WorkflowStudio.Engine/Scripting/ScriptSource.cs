using System.Diagnostics.CodeAnalysis;
using Acornima;
using Acornima.Ast;
using Jint;
using JsEngine = Jint.Engine;

namespace WorkflowStudio.Engine.Scripting;

/// <summary>Reads scripts. Never runs them, and is safe in any process: nesting is bounded, and patterns are not compiled.</summary>
public static class ScriptSource
{
    // on lines of its own, so that columns are those of the script
    private const string Before = "(function (input) {\n";
    private const string After = "\n})";

    // the engine itself refuses to run what is nested 256 levels deep
    private const int Deepest = 240;

    private static readonly ScriptProblem TooDeep =
        new("The script is nested too deep. Split long expressions, or give parts of it names.");

    private static readonly ScriptPreparationOptions Reading = new()
    {
        FoldConstants = false,
        StaticAnalysis = false,
        CollectReferencedGlobals = false,
        ParsingOptions = new ScriptParsingOptions { CompileRegex = false },
    };

    /// <summary>Why a script cannot be run; null when it can be.</summary>
    public static ScriptProblem? Check(string source) => TryRead(source, out _, out var problem) ? null : problem;

    /// <summary>Reads a script as an expression that gives its function.</summary>
    internal static bool TryRead(string source, out Prepared<Script> script, [NotNullWhen(false)] out ScriptProblem? problem)
    {
        script = default;
        problem = null;
        if (source.Length > ScriptLimits.LongestSource)
        {
            problem = new ScriptProblem($"The script has {source.Length:N0} characters; at most {ScriptLimits.LongestSource:N0} are "
                + "possible. Make it shorter, or split it into several steps.");
            return false;
        }

        try
        {
            script = JsEngine.PrepareScript(Before + source + After, null, strict: true, Reading);
        }
        catch (ScriptPreparationException e) when (e.InnerException is ParseErrorException unreadable)
        {
            problem = At(source, unreadable.LineNumber, unreadable.Column, $"{unreadable.Description.TrimEnd('.')}.");
            return false;
        }
        catch (Exception e) when (e is ScriptPreparationException or InsufficientExecutionStackException)
        {
            problem = TooDeep;
            return false;
        }

        problem = Refused(source, script.Program!);
        return problem is null;
    }

    /// <summary>The problem at a place of the text that the engine reads, told by the place in the script.</summary>
    internal static ScriptProblem At(string source, int line, int column, string message)
    {
        var lines = source.Split('\n');
        // what is missing at the end shows behind it
        if (line - 2 >= lines.Length) (line, column) = (lines.Length + 1, lines[^1].Length);
        return line < 2 ? new ScriptProblem(message) : new ScriptProblem($"Line {line - 1}, column {column + 1}: {message}")
        { Position = lines.Take(line - 2).Sum(l => l.Length + 1) + Math.Min(column, lines[line - 2].Length) };
    }

    private static ScriptProblem? Refused(string source, Script script)
    {
        // a script that closes the function around it would have parts outside of it
        if (script.Body is not [ExpressionStatement { Expression: FunctionExpression whole }])
            return new ScriptProblem("There is a } too many. Take it out.");
        var open = new Stack<(Node, int)>([(whole.Body, 0)]);
        while (open.TryPop(out var next))
        {
            var (node, depth) = next;
            if (depth > Deepest) return TooDeep;
            if (node is IFunction { Async: true } or AwaitExpression or ForOfStatement { Await: true })
                return Place("async and await are not possible here: a script waits for nobody. Use what it is given at once.");
            if (node is ImportExpression)
                return Place("Nothing can be imported here. Write what the script needs into it.");
            foreach (var child in node.ChildNodes)
                if (child is not null) open.Push((child, depth + 1));

            ScriptProblem Place(string message) => At(source, node.Location.Start.Line, node.Location.Start.Column, message);
        }

        return null;
    }
}

/// <summary>Why a script cannot be read.</summary>
/// <param name="Message">The place, the cause, and the remedy where there is one.</param>
public sealed record ScriptProblem(string Message)
{
    /// <summary>Where it is in the script, in characters from its beginning; null when it concerns the whole.</summary>
    public int? Position { get; init; }
}
