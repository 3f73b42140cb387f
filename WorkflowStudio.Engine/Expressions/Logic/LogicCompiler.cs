using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Expressions.Logic;

/// <summary>Reads a rule. Nothing of it is evaluated; every problem is named with its place.</summary>
internal sealed class LogicCompiler
{
    private const int LongestNamed = 60;

    private int bodies; // how many operators over lists are around: inside them paths begin at an item

    public List<LogicProblem> Problems { get; } = [];

    /// <summary>The paths into the data that stand in the rule as text, each once.</summary>
    public List<string> Paths { get; } = [];

    public LogicNode Read(JsonElement rule)
    {
        if (JsonMarshal.GetRawUtf8Value(rule).Length <= LogicRule.MaxBytes) return Read(rule, "", 1);
        Problems.Add(new("", $"The rule is larger than {Words(LogicRule.MaxBytes / 1024)} kB. Make it smaller, for example by "
            + "looking in a list with \"in\"."));
        return new LogicNode.Literal(default);
    }

    private LogicNode Read(JsonElement rule, string path, int depth)
    {
        if (depth > LogicRule.MaxDepth)
        {
            Refuse(path, $"The rule is nested deeper than {Words(LogicRule.MaxDepth)} levels. Make it flatter: \"and\" and \"or\" "
                + "take any number of arguments.");
            return new LogicNode.Literal(default);
        }
        return rule.ValueKind switch
        {
            JsonValueKind.Object => ReadObject(rule, path, depth),
            JsonValueKind.Array => ReadList(rule, path, depth),
            JsonValueKind.Undefined => new LogicNode.Literal(LogicValue.Null),
            _ => new LogicNode.Literal(LogicValue.Of(rule)),
        };
    }

    private LogicNode ReadList(JsonElement list, string path, int depth)
    {
        var items = list.EnumerateArray().Select((item, i) => Read(item, JsonPlace.Item(path, i), depth + 1)).ToArray();
        return Array.TrueForAll(items, item => item is LogicNode.Literal)
            ? new LogicNode.Literal(LogicValue.Of(list))
            : new LogicNode.ListOf(items);
    }

    // an object with one field is an operator, with none or several it is a value
    private LogicNode ReadObject(JsonElement rule, string path, int depth)
    {
        if (rule.GetPropertyCount() == 1) return ReadCall(rule.EnumerateObject().First(), path, depth);
        var operators = rule.EnumerateObject().Select(p => p.Name).Where(name => LogicOperators.Find(name) is not null).Take(2).ToList();
        if (operators.Count > 0)
            Refuse(path, $"There are several names in one object, {Quoted(operators[0])} among them, so none of them would be looked at. "
                + "Write one operator per object, and join them with {\"and\": [ … ]}.");
        return new LogicNode.Literal(LogicValue.Of(rule));
    }

    private LogicNode ReadCall(JsonProperty call, string path, int depth)
    {
        var place = JsonPlace.Property(path, call.Name);
        if (LogicOperators.Find(call.Name) is not { } found)
        {
            var meant = LogicOperators.Meant(call.Name) is { } name ? $" Did you mean \"{name}\"?" : "";
            Refuse(place, $"There is no operator {Quoted(call.Name)}.{meant} Known: {string.Join(" ", LogicOperators.Names)}.");
            return new LogicNode.Literal(default);
        }
        Note(call);
        var arguments = call.Value.ValueKind == JsonValueKind.Array
            ? call.Value.EnumerateArray().Select((item, i) => ReadArgument(found, item, i, JsonPlace.Item(place, i), depth + 1)).ToArray()
            : [Read(call.Value, place, depth + 1)];
        if (arguments.Length < found.Least || arguments.Length > found.Most)
            Refuse(place, $"The operator {Quoted(call.Name)} has {Words(arguments.Length)}, but it takes {Takes(found)}, written as a "
                + $"list: {{{Quoted(call.Name)}: [ … ]}}.");
        return new LogicNode.Call(found.Function, arguments);
    }

    private LogicNode ReadArgument(LogicOperator found, JsonElement argument, int index, string path, int depth)
    {
        var isBody = index == 1 && found.HasBody;
        if (isBody) bodies++;
        var read = Read(argument, path, depth);
        if (isBody) bodies--;
        return read;
    }

    private void Note(JsonProperty call)
    {
        if (bodies > 0 || call.Name is not ("var" or "missing" or "missing_some")) return;
        var paths = call.Value.ValueKind != JsonValueKind.Array ? [call.Value] : call.Value.EnumerateArray().ToArray();
        if (call.Name == "var") paths = [.. paths.Take(1)];
        foreach (var path in paths.SelectMany(p => p.ValueKind == JsonValueKind.Array ? p.EnumerateArray().ToArray() : [p])
            .Where(p => p.ValueKind == JsonValueKind.String))
        {
            if (path.GetString() is { } text && !Paths.Contains(text)) Paths.Add(text);
        }
    }

    private void Refuse(string path, string message)
    {
        if (Problems.Count < LogicRule.MaxProblems) Problems.Add(new(path, message));
    }

    private static string Takes(LogicOperator found) =>
        found.Most == int.MaxValue ? $"at least {Words(found.Least)}"
        : found.Least == found.Most ? $"{Words(found.Least)} argument{(found.Least == 1 ? "" : "s")}"
        : $"{Words(found.Least)} to {Words(found.Most)} arguments";

    private static string Quoted(string name) => $"\"{ShownText.Cut(name, LongestNamed)}\"";

    private static string Words(int number) => number.ToString(CultureInfo.InvariantCulture);
}
