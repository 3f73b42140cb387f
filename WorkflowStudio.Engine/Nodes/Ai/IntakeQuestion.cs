using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Connectors.Ai;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;

namespace WorkflowStudio.Engine.Nodes.Ai;

/// <summary>
/// What a language model is asked about a message, and how its answer is read: checked field by field, the rules fill what it misses.
/// </summary>
internal static class IntakeQuestion
{
    private const int MaxSummary = 300;
    private const int MostYears = 3;

    // how much of a phone number is written in any country, its code left out
    private const int OwnDigits = 7;
    private const int MostOwnDigits = 9;

    private static readonly string Shape = $$"""
        {
          "type": "object", "additionalProperties": false,
          "required": ["intent", "urgency", "summary", "first_name", "last_name", "email", "phone", "preferred_from", "preferred_to", "preferred_part", "preferred_time"],
          "properties": {
            "intent": { "type": "string", "enum": [{{string.Join(", ", IntakeReading.Intents.Keys.Select(i => $"\"{i}\""))}}] },
            "urgency": { "type": "integer" },
            "summary": { "type": "string" },
            "first_name": { "type": ["string", "null"] }, "last_name": { "type": ["string", "null"] },
            "email": { "type": ["string", "null"] }, "phone": { "type": ["string", "null"] },
            "preferred_from": { "type": ["string", "null"] }, "preferred_to": { "type": ["string", "null"] },
            "preferred_part": { "type": ["string", "null"], "enum": ["morning", "afternoon", "evening", null] },
            "preferred_time": { "type": ["string", "null"] }
          }
        }
        """;

    /// <summary>The question.</summary>
    public static ModelQuestion Of(IntakeSettings settings, string message, DateOnly today, string zone) => new(
        $"""
        {settings.SystemInstruction}

        You read one message of a client and fill in the answer's fields.
        Today is {today.ToString("dddd, yyyy-MM-dd", CultureInfo.InvariantCulture)} in {zone}. Dates are written yyyy-MM-dd, times HH:mm; use null for what the message does not say.
        urgency is 1 (can wait) to 10 (now). summary is one sentence. preferred_from and preferred_to are the first and last day that suit the client.
        """,
        message, "intake", Shape, settings.Model.Length == 0 ? null : settings.Model, settings.Temperature);

    /// <summary>
    /// The answer; a field that is missing, makes no sense or, of who writes, does not stand in the message, is taken from the rules.
    /// </summary>
    public static IntakeReading Read(ModelReply reply, string message, IntakeReading rules, DateOnly today)
    {
        var (answer, seen) = (reply.Value, UntrustedText.Seen(message));
        var (intent, summary) = (Text(answer, "intent"), reply.Text("summary", MaxSummary)?.Replace('\n', ' ').Trim());
        return new IntakeReading
        {
            Contact = ContactFields.Of(Said("first_name"), Said("last_name"), Said("email"), SaidNumber(Text(answer, "phone"), seen))
                .Or(rules.Contact),
            Intent = intent is not null && IntakeReading.Intents.ContainsKey(intent) ? intent : rules.Intent,
            Urgency = answer.TryGetProperty("urgency", out var urgency) && urgency.ValueKind == JsonValueKind.Number
                && urgency.TryGetInt32(out var level)
                ? Math.Clamp(level, 1, 10)
                : rules.Urgency,
            Summary = summary is { Length: > 0 } && !AddedLinks.AreIn(summary, seen) ? summary : null,
            Wish = WishIn(answer, today) ?? rules.Wish,
        };

        string? Said(string field) =>
            Text(answer, field) is { } text && seen.Contains(text, StringComparison.OrdinalIgnoreCase) ? text : null;
    }

    // the model adds the country's code and takes blanks out
    private static string? SaidNumber(string? phone, string seen)
    {
        var digits = string.Concat((phone ?? "").Where(char.IsAsciiDigit));
        return digits.Length >= OwnDigits && string.Concat(seen.Where(char.IsAsciiDigit))
            .Contains(digits[^Math.Min(digits.Length, MostOwnDigits)..], StringComparison.Ordinal) ? phone : null;
    }

    private static WishedTime? WishIn(JsonElement answer, DateOnly today)
    {
        var (first, last) = (Day(answer, "preferred_from", today), Day(answer, "preferred_to", today));
        if (last < first) last = null;
        var part = Text(answer, "preferred_part") is "morning" or "afternoon" or "evening" ? Text(answer, "preferred_part") : null;
        TimeOnly? time = TimeOnly.TryParseExact(Text(answer, "preferred_time"), "HH:mm", out var at) ? at : null;
        var wish = new WishedTime(first, last, time is null ? part : null, time);
        return wish.IsEmpty ? null : wish;
    }

    private static DateOnly? Day(JsonElement answer, string name, DateOnly today) =>
        DateOnly.TryParseExact(Text(answer, name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day >= today && day <= today.AddYears(MostYears) ? day : null;

    private static string? Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } text
            && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
