using System.Text.RegularExpressions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Tables;

namespace WorkflowStudio.Engine.Practice.Forms;

/// <summary>What a form has to be.</summary>
public static partial class FormRules
{
    /// <summary>What the event of a submission says by itself, so that no field can be called it.</summary>
    public static IReadOnlyList<string> TakenKeys { get; } =
        ["form_id", "form", "form_name", "submission_id", "submitted_at", "contact_id", "values"];

    /// <summary>
    /// The form without what cannot be shown and without what its types do not use; and all that is wrong with it, by places such as
    /// <c>fields[2].key</c>.
    /// </summary>
    public static (FormContent Content, IReadOnlyList<FieldProblem> Problems) Check(FormContent said)
    {
        var content = said with
        {
            Name = Line(said.Name),
            Title = Line(said.Title),
            Intro = Lines(said.Intro),
            Thanks = Lines(said.Thanks),
            // times are told in whole seconds, and what was told can be said again
            ClosesAt = said.ClosesAt is { } at ? DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds()) : null,
            Fields = [.. said.Fields.Take(FormContent.MostFields + 1).Select(Clean)],
        };
        var problems = new List<FieldProblem>();
        if (content.Name.Length == 0) problems.Add(new("name", "Name is missing."));
        TooLong(problems, "name", "Name", content.Name, FormContent.LongestName);
        TooLong(problems, "title", "Title", content.Title, FormContent.LongestTitle);
        TooLong(problems, "intro", "Text above the fields", content.Intro, FormContent.LongestText);
        TooLong(problems, "thanks", "Thanks", content.Thanks, FormContent.LongestText);
        if (content.Fields.Count > FormContent.MostFields)
            problems.Add(new("fields", $"A form has at most {FormContent.MostFields} fields, this one has {said.Fields.Count}."));
        if (content.ClosesAt is { Year: < 2000 or > 2200 })
            problems.Add(new("closesAt", "The form cannot close then. Choose a time between the years 2000 and 2200."));
        if (content is { Status: FormStatus.Open, Fields.Count: 0 })
            problems.Add(new("fields", "The form asks for nothing. Add a field, then open it."));
        foreach (var (i, field) in content.Fields.Take(FormContent.MostFields).Index()) Check(problems, $"fields[{i}]", field);
        foreach (var (i, field) in content.Fields.Index())
            if (field.Key.Length > 0 && content.Fields.Take(i).Any(f => f.Key == field.Key))
                problems.Add(new($"fields[{i}].key", $"Two fields are called {field.Key}. Call one of them something else."));
        return (content, problems);
    }

    /// <summary>A key for a field of this label that none of the others has.</summary>
    public static string KeyFor(string label, IEnumerable<string> taken)
    {
        var others = taken.Concat(TakenKeys).ToHashSet(StringComparer.Ordinal);
        var key = SlugText.Of(label, FormField.LongestKey - 3).Replace('-', '_');
        if (!Key().IsMatch(key)) key = "field";
        var free = key;
        for (var n = 2; others.Contains(free); n++) free = $"{key}_{n}";
        return free;
    }

    private static void Check(List<FieldProblem> problems, string place, FormField field)
    {
        if (field.Key.Length == 0) problems.Add(new($"{place}.key", "Key is missing. It names the value in workflows."));
        else if (!Key().IsMatch(field.Key))
            problems.Add(new($"{place}.key", $"A key has small letters, digits and _, a letter first, and at most {FormField.LongestKey} "
                + $"characters, such as {KeyFor(field.Label, [])}."));
        else if (TakenKeys.Contains(field.Key))
            problems.Add(new($"{place}.key", $"{field.Key} is what a submission says by itself. Call the field something else."));
        if (field.Label.Length == 0) problems.Add(new($"{place}.label", "Label is missing."));
        TooLong(problems, $"{place}.label", "Label", field.Label, FormField.LongestLabel);
        TooLong(problems, $"{place}.hint", "Hint", field.Hint, FormField.LongestLabel);
        if (field.Longest is { } longest && (longest < 1 || longest > FormField.LongestOf(field.Type)))
            problems.Add(new($"{place}.longest", $"Longest is a whole number from 1 to {FormField.LongestOf(field.Type):N0}."));
        if (field.Type != FormFieldType.Choice) return;
        if (field.Choices.Count == 0) problems.Add(new($"{place}.choices", "There is nothing to choose from. Name the choices."));
        else if (field.Choices.Count > FormField.MostChoices)
            problems.Add(new($"{place}.choices", $"There are at most {FormField.MostChoices} choices."));
        else if (field.Choices.FirstOrDefault(c => ShownText.Length(c) > FormField.LongestLabel) is { } huge)
            problems.Add(new($"{place}.choices",
                $"“{ShownText.Cut(huge, 40)}” has more than {FormField.LongestLabel} characters."));
        else if (field.Choices.GroupBy(c => c, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            problems.Add(new($"{place}.choices", $"“{ShownText.Cut(twice.Key, 40)}” stands there twice."));
    }

    private static FormField Clean(FormField field) => field with
    {
        Key = field.Key.Trim(),
        Label = Line(field.Label),
        Hint = Line(field.Hint),
        Choices = field.Type == FormFieldType.Choice ? [.. field.Choices.Select(Line).Where(c => c.Length > 0)] : [],
        Longest = field.IsText ? field.Longest : null,
    };

    private static void TooLong(List<FieldProblem> problems, string place, string label, string text, int longest)
    {
        if (text.Length > longest && ShownText.Length(text) > longest)
            problems.Add(new(place, $"{label} has {ShownText.Length(text)} characters, at most {longest:N0} are possible."));
    }

    private static string Line(string text) => new string([.. text.Where(c => !char.IsControl(c))]).Trim();

    private static string Lines(string text) =>
        new string([.. text.ReplaceLineEndings("\n").Where(c => c == '\n' || !char.IsControl(c))]).Trim();

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$", RegexOptions.None, 1000)]
    private static partial Regex Key();
}
