using System.Globalization;
using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Expressions.Functions;
using WorkflowStudio.Engine.Expressions.Types;

namespace WorkflowStudio.Engine.Expressions;

/// <summary>Writes docs/expressions.md from the functions.</summary>
public static class ExpressionPages
{
    /// <summary>The page, in Markdown. Every example is evaluated while it is written.</summary>
    public static string Write()
    {
        var page = new StringBuilder(Language);
        foreach (var group in FunctionCatalog.All.GroupBy(f => f.Group))
        {
            page.Append(
                CultureInfo.InvariantCulture, $"\n### {group.Key}\n\n| function | gives | what it does | example |\n|---|---|---|---|\n");
            foreach (var function in group)
                page.Append(CultureInfo.InvariantCulture, $"| `{function.Signature}`<br>{Parameters(function)} | {Gives(function.Result)} "
                    + $"| {Cell(function.Description)} | `{Cell(function.Example)}` → `{Cell(Result(function.Example))}` |\n");
        }
        return page.ToString();
    }

    /// <summary>What an example comes to, in the surroundings that the page names.</summary>
    public static string Result(string example) => Template.Parse($"{{{{ {example} }}}}")
        .TryEvaluate(new ExampleScope(), out var value, out var problem)
        ? value.ValueKind == JsonValueKind.String ? JsonSerializer.Serialize(value.GetString(), Relaxed) : value.GetRawText()
        : problem!.Message;

    private static readonly JsonSerializerOptions Relaxed = new()
    { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Parameters(ExpressionFunction function) =>
        string.Join(", ", function.Parameters.Select(p => p.Name + ": " + p.Type switch
        {
            ParameterType.Any => "any",
            ParameterType.Whole => "whole number",
            ParameterType.Boolean => "yes or no",
            var type => type.ToString().ToLowerInvariant(),
        }));

    private static string Gives(ExpressionType type) => type.Kind switch
    {
        TypeKind.Any => "any",
        TypeKind.Boolean => "yes or no",
        TypeKind.List when type.Items is { } items => "list of " + items.Kind.ToString().ToLowerInvariant(),
        var kind => kind.ToString().ToLowerInvariant(),
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private const string Language = """
        # Expressions

        This page is made from the code: `STUDIO_WRITE_DOCS=1 dotnet test WorkflowStudio.sln --filter FullyQualifiedName~GeneratedPages` writes it anew.

        `{{ … }}` in a setting puts a value there. The language is small: it always ends, reaches nothing of the server, and the same data give the same value. A value that itself holds `{{` stays text; data are never evaluated.

        ## Values

        | written | is |
        |---|---|
        | `$initialPayload.first_name`, `trigger.first_name` | the data that started the run |
        | `$node.intake.summary`, `$node["intake"].summary`, `intake.output.summary` | the output of the step `intake` |
        | `summary` | the field in the newest output before this step that has it, else in the data that started the run |
        | `$run`, `$workflow`, `$workspace`, `$now`, `$vars` | the surroundings, and the variables of the workflow; some steps add their own, see [nodes.md](nodes.md) |
        | `$workspace.business_hours` | the practice's opening hours in the run's environment: `[{"weekday":"monday","opens":"09:00","closes":"17:00"}]`, several for one day, none for a day on which it is closed; at most 30 s old |
        | `$workspace.single_days` | the days from a year ago on that have hours of their own, in place of those of their weekdays: `[{"date":"2026-12-24","hours":[{"opens":"09:00","closes":"12:00"}]}]`, no hours for a holiday |
        | `$item`, `$index` | the item and its number, inside a step that runs others for each item |
        | `.name`, `["a name"]`, `[0]` | a field, an item of a list from 0 |
        | `?.name`, `?.[0]` | the same, but null where there is none |
        | `12.5`, `"text"`, `'text'`, `true`, `false`, `null` | themselves; `\n \t \" \' \\ \u00e9` in text |
        | `[1, 2]`, `{name: 1, "a name": 2}` | a list, an object |

        A minus between two letters belongs to a name (`send-sms.output.id`); subtraction needs spaces: `a - b`. Before `.output` every id of a step may stand as it is, also one that begins with a digit (`3f2a-1.output.x`).

        ## Operators

        From the one that binds tightest to the loosest:

        | | |
        |---|---|
        | `a.b` `a[0]` `f(a)` | paths and calls |
        | `-a` `!a` | minus, not |
        | `a ?? b` | `b` where `a` is missing or null; it belongs to the value directly before it: `price ?? 0 + 1` is `(price ?? 0) + 1` |
        | `* / %` | numbers, exact to 28 digits |
        | `+ -` | numbers; `+` also puts two texts together |
        | `== != < <= > >=` | `==` compares any values, two dates with time and offset as moments. By size are compared numbers (also those that a text spells), dates, other texts by their characters; null and missing values are neither more nor less, and anything else fails as `cannot_compare`. No chains: `a < b and b < c` |
        | `not a` | |
        | `a and b`, `a && b` | yes or no, never one of the values |
        | `a or b`, `a \|\| b` | |
        | `a ? b : c` | |
        | `a \| f`, `a \| f(b)` | `f(a)`, `f(a, b)`: a pipe takes everything before it, `total * 1.19 \| round(2)` rounds the product |

        In conditions null, `false`, 0, an empty text, list or object count as no, everything else as yes.

        `x => x.price` is a lambda: what to do with every item. It can stand only inside the functions that take one, whose second name is the position: `map(items, (x, i) => i)`.

        ## A value that is missing

        A path that leads nowhere fails the step and names the place, never an empty text in a message to a client. Say what to take instead: `{{ $initialPayload.first_name ?? "there" }}`. A wrong kind of value (`"a" * 2`) fails the step too, and `??` does not hide it.

        ## Text

        A setting that is exactly one expression keeps the type of its value: `{{ 3 }}` is the number 3. Between other text it becomes text:

        | value | as text |
        |---|---|
        | number | as short as it can be, a dot as the decimal mark, no thousands: `1180.5`. `format_number` writes `1,180.50` |
        | yes or no | `true`, `false` |
        | date | ISO 8601 in the run's zone: `2026-06-10` or `2026-06-10T15:24:00-05:00`. `format_date` writes `June 10, 2026` |
        | money | is a number; `money` and `money_of_cents` write `$1,180.00` |
        | list, object | compact JSON |
        | null | fails the step: there is nothing to put into the text |

        Dates are text in ISO 8601: with an offset, without one (then in the run's zone), or only the day. The zone is the workflow's, else the workspace's.

        ## Limits

        | | | code |
        |---|---|---|
        | length of one expression | 4 kB | `expression_too_long` |
        | nesting of an expression | 64 levels | `expression_too_deep` |
        | every value that is computed, on the way too | 1 MiB, 64 levels | `result_too_large` |
        | work of one evaluation: an operator, a call, an item, 64 characters of text are one step each | 1,000,000 steps | `too_many_steps` |
        | regular expressions | 500 characters; nothing that needs backtracking: no looking ahead or behind, no references back | `unsupported_pattern` |

        ## Functions

        A parameter with `?` may be left out, `…` takes any number. The examples are those of a run in the zone America/Chicago on June 10, 2026, 10:24.

        """;

    private sealed class ExampleScope : IScope
    {
        private static readonly JsonElement Now = JsonElement.Parse("\"2026-06-10T10:24:00-05:00\"");
        private static readonly JsonElement Run = JsonElement.Parse("""{"time_zone":"America/Chicago"}""");

        public JsonElement Payload => default;

        public IEnumerable<JsonElement> OutputsNewestFirst => [];

        public bool TryOutput(string nodeId, out JsonElement output)
        {
            output = default;
            return false;
        }

        public bool TryAmbient(string name, out JsonElement value)
        {
            value = name switch { AmbientNames.Now => Now, AmbientNames.Run => Run, _ => default };
            return value.ValueKind != JsonValueKind.Undefined;
        }
    }
}
