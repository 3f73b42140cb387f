using System.Text.RegularExpressions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;

namespace WorkflowStudio.Engine.Nodes.Ai;

/// <summary>
/// Reads a message by patterns and lists of words. It understands nothing and says that it is a rules reader; what it finds is the same for
/// the same message on the same day. Linear in the message's length.
/// </summary>
internal static partial class RulesReader
{
    /// <summary>The longest message in characters; what is beyond is not read.</summary>
    public const int MaxLength = 10_000;

    private const int MaxQuote = 140;

    /// <summary>Reads a message.</summary>
    /// <param name="text">The message, cut to <see cref="MaxLength"/>.</param>
    /// <param name="today">The day on which it is read, in the run's zone.</param>
    public static IntakeReading Read(string text, DateOnly today)
    {
        text = ShownText.Begin(text, MaxLength);
        var words = new MessageWords(text);
        return new IntakeReading
        {
            Contact = ContactIn(text),
            Intent = IntentOf(words, text),
            Urgency = UrgencyOf(words),
            Wish = WishedTimeReader.Read(words, today),
        };
    }

    /// <summary>One sentence: who wants what and when, and how the message begins.</summary>
    public static string Summarize(string? name, string intent, string? when, string text)
    {
        var what = IntakeReading.Intents[intent];
        var head = $"{name ?? "Somebody"} {what}{(when is null ? "" : ", " + when)}";
        var quote = FirstSentence(text);
        return quote.Length == 0 ? $"{head}." : $"{head}: “{quote}”";
    }

    private static ContactFields ContactIn(string text)
    {
        var email = Email().Match(text);
        // an address may hold digits: they are no phone number
        var rest = email.Success ? text.Remove(email.Index, email.Length) : text;
        string? phone = null;
        foreach (var match in Phone().EnumerateMatches(rest))
        {
            phone = PhoneNumber.Normalize(rest.Substring(match.Index, match.Length));
            if (phone is { Length: >= 10 }) break;
            phone = null;
        }

        var name = Name().Match(text);
        return ContactFields.Of(
            name.Success ? name.Groups["first"].Value : null, name.Groups["last"].Success ? name.Groups["last"].Value : null,
            email.Success ? email.Value.TrimEnd('.') : null, phone);
    }

    private static string IntentOf(MessageWords words, string text)
    {
        if (words.HasAny("reschedule", "rescheduling", "different time", "another time instead", "move my appointment", "move my visit",
            "change my appointment", "postpone", "change the appointment", "change the date"))
            return "reschedule";
        if (words.HasAny("cancel", "cancelling", "canceling", "cancellation", "call off", "can't make it", "cannot make it",
            "won't be able to come")) return "cancel";
        if (words.HasAny("unhappy", "disappointed", "complaint", "complain", "terrible", "unacceptable", "rude", "worst"))
            return "complaint";
        if (words.HasAny("refill", "prescription", "renew my medication")) return "prescription";
        if (words.HasAny("results", "biopsy result", "lab report", "pathology")) return "results";
        if (words.HasAny("appointment", "appointments", "book", "booking", "schedule", "come in", "be seen", "see a doctor",
            "see the doctor", "see someone", "consultation", "availability", "opening", "openings", "slot", "checkup", "check-up"))
            return "booking";
        if (words.HasAny("invoice", "bill", "billing", "billed", "charge", "charged", "payment", "pay", "refund", "receipt", "insurance",
            "copay")) return "billing";
        return text.Contains('?', StringComparison.Ordinal)
            || words[0] is "what" or "how" or "when" or "where" or "why" or "do" or "does" or "can" or "is" or "are" ? "question" : "other";
    }

    private static int UrgencyOf(MessageWords words)
    {
        if (words.HasAny("can't breathe", "cannot breathe", "chest pain", "unconscious", "anaphylaxis", "heavy bleeding",
            "won't stop bleeding")) return 10;
        if (words.HasAny("emergency", "urgent", "urgently", "immediately", "right away")) return 9;
        var urgency = IntakeReading.CalmUrgency;
        if (words.HasAny("asap", "as soon as possible", "today", "right now")) urgency += 3;
        if (words.HasAny("severe", "bleeding", "infected", "infection", "fever", "swollen", "swelling", "blister", "blisters"))
            urgency += 3;
        else if (words.HasAny("pain", "painful", "hurts", "spreading", "worse", "worsening", "burning")) urgency += 2;
        if (words.HasAny("no rush", "no hurry", "whenever", "not urgent", "when you have time")) urgency = 1;
        return Math.Min(urgency, 9);
    }

    private static string FirstSentence(string text)
    {
        var line = Spaces().Replace(ShownText.Begin(text, MaxQuote * 4), " ").Trim();
        var end = SentenceEnd().Match(line);
        if (end.Success) line = line[..(end.Index + 1)];
        if (line.Length <= MaxQuote) return line;
        var cut = line.LastIndexOf(' ', MaxQuote - 1);
        return ShownText.Cut(line, cut > 0 ? cut : MaxQuote);
    }

    // every repetition below is bounded, so the work is linear in the text

    [GeneratedRegex(@"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,4}", RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    [GeneratedRegex(@"(?<![\w/])\+?[0-9(][0-9 ().\-]{6,20}[0-9](?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Phone();

    [GeneratedRegex(@"\b(?:[Mm]y name is|[Tt]his is|I am|I'm|I’m|[Nn]ame:)[ ]{1,3}(?<first>\p{Lu}[\p{L}'’\-]{1,40})(?:[ "
        + @"]{1,3}(?<last>\p{Lu}[\p{L}'’\-]{1,40}))?", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"\s{1,200}", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[.!?](?= )", RegexOptions.CultureInvariant)]
    private static partial Regex SentenceEnd();
}
