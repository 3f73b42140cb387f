using System.Globalization;
using WorkflowStudio.Engine.Nodes.Ai;

namespace WorkflowStudio.Tests.Nodes.Ai;

public sealed class RulesReaderTests
{
    // a Tuesday
    private static readonly DateOnly Today = new(2026, 11, 24);

    [Theory]
    [InlineData("would like an appointment next week, mornings are best", "2026-11-30..2026-12-06 morning")]
    [InlineData("can I come tomorrow at 3pm?", "2026-11-25..2026-11-25 15:00")]
    [InlineData("the day after tomorrow, 9:30 am please", "2026-11-26..2026-11-26 09:30")]
    [InlineData("Monday would be great", "2026-11-30..2026-11-30")]
    [InlineData("Next Friday afternoon", "2026-12-04..2026-12-04 afternoon")]
    [InlineData("on Tuesday", "2026-12-01..2026-12-01")]
    [InlineData("not Monday, but Thursday evening", "2026-11-26..2026-11-26 evening")]
    [InlineData("December 1 or so", "2026-12-01..2026-12-01")]
    [InlineData("the 3rd of January", "2027-01-03..2027-01-03")]
    [InlineData("on 12/15 at 10:15", "2026-12-15..2026-12-15 10:15")]
    [InlineData("2026-12-24", "2026-12-24..2026-12-24")]
    [InlineData("in three days", "2026-11-27..2026-11-27")]
    [InlineData("in two weeks", "2026-12-07..2026-12-13")]
    [InlineData("within 10 days", "2026-11-24..2026-12-04")]
    [InlineData("this week please", "2026-11-24..2026-11-29")]
    [InlineData("on the weekend", "2026-11-28..2026-11-29")]
    [InlineData("some time next month", "2026-12-01..2026-12-31")]
    [InlineData("Good morning, I have had a rash for two weeks", "")]
    [InlineData("February 30 at 25:00", "")]
    [InlineData("I may come", "")]
    [InlineData("I am 40 and it costs 12", "")]
    public void Read_Wish_IsFound(string message, string expected) => Assert.Equal(expected, Text(RulesReader.Read(message, Today).Wish));

    [Theory]
    [InlineData("I would like an appointment", "booking")]
    [InlineData("Please cancel my appointment", "cancel")]
    [InlineData("I need to reschedule my appointment", "reschedule")]
    [InlineData("Why was I charged twice on my invoice?", "billing")]
    [InlineData("I need a refill", "prescription")]
    [InlineData("Are my results there?", "results")]
    [InlineData("I am very disappointed with the visit", "complaint")]
    [InlineData("Do you treat children?", "question")]
    [InlineData("Thank you", "other")]
    [InlineData("", "other")]
    public void Read_Intent_IsFound(string message, string expected) => Assert.Equal(expected, RulesReader.Read(message, Today).Intent);

    [Theory]
    [InlineData("a rash for two weeks", 3)]
    [InlineData("it is spreading and painful", 5)]
    [InlineData("severe swelling, please see me today", 9)]
    [InlineData("this is an emergency", 9)]
    [InlineData("I can’t breathe", 10)]
    [InlineData("no rush at all", 1)]
    public void Read_Urgency_IsWeighed(string message, int expected) => Assert.Equal(expected, RulesReader.Read(message, Today).Urgency);

    [Theory]
    [InlineData("My name is Maria Lopez, call (713) 555-0142 or write Maria.Lopez@Example.test.", "Maria", "Lopez",
        "maria.lopez@example.test", "+17135550142")]
    [InlineData("Hi, I'm Ana. +49 30 901820", "Ana", null, null, "+4930901820")]
    [InlineData("I am worried since 2024-11-02 about order 12345678", null, null, null, null)]
    [InlineData("reach me at m17135550142@example.test", null, null, "m17135550142@example.test", null)]
    public void Read_Contact_IsFound(string message, string? first, string? last, string? email, string? phone)
    {
        var contact = RulesReader.Read(message, Today).Contact;

        Assert.Equal((first, last, email, phone), (contact.FirstName, contact.LastName, contact.Email, contact.Phone));
    }

    [Fact]
    public void Summarize_LongMessage_QuotesTheFirstSentence()
    {
        Assert.Equal("Maria Lopez would like an appointment, next week, in the morning: “I have a rash.”",
            RulesReader.Summarize("Maria Lopez", "booking", "next week, in the morning", "I have\n a rash. It itches."));
        Assert.Equal("Somebody wrote.", RulesReader.Summarize(null, "other", null, " "));
        Assert.EndsWith(
            "word…”", RulesReader.Summarize(null, "other", null, string.Concat(Enumerable.Repeat("word ", 400))), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_HostileInput_IsReadToItsLimit()
    {
        foreach (var piece in new[] { "a@", "1-", "my name is A", "next ", "@.", "((((", "\0", "\ud83d" })
        {
            var reading = RulesReader.Read(string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length)), Today);
            Assert.Equal("other", reading.Intent);
        }

        Assert.Equal("other", RulesReader.Read(new string(' ', RulesReader.MaxLength) + "appointment", Today).Intent);
    }

    private static string Text(WishedTime? wish)
    {
        if (wish is null) return "";
        var days = wish.FirstDay is null
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{wish.FirstDay:yyyy-MM-dd}..{wish.LastDay:yyyy-MM-dd}");
        return $"{days} {wish.Part}{wish.Time?.ToString("HH:mm", CultureInfo.InvariantCulture)}".Trim();
    }
}
