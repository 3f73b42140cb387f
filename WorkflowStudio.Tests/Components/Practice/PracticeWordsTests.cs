using WorkflowStudio.Components.Practice;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Invoices;

namespace WorkflowStudio.Tests.Components.Practice;

public sealed class PracticeWordsTests
{
    [Theory]
    [InlineData(160, 'a', 1)]
    [InlineData(161, 'a', 2)]
    [InlineData(306, 'a', 2)]
    [InlineData(307, 'a', 3)]
    [InlineData(80, '€', 1)] // each takes two places
    [InlineData(81, '€', 2)]
    [InlineData(70, 'ш', 1)] // outside the alphabet of SMS
    [InlineData(71, 'ш', 2)]
    public void SmsLength_ATextOfOneLetter_CountsParts(int count, char letter, int parts) =>
        Assert.Equal(parts, SmsLength.Messages(new string(letter, count)));

    [Theory]
    [InlineData(InvoiceStatus.Open, 3, "waiting", "Due in 3 days")]
    [InlineData(InvoiceStatus.Open, 1, "waiting", "Due tomorrow")]
    [InlineData(InvoiceStatus.Open, 0, "waiting", "Due today")]
    [InlineData(InvoiceStatus.Open, -1, "failed", "1 day overdue")]
    [InlineData(InvoiceStatus.Overdue, -6, "failed", "6 days overdue")]
    [InlineData(InvoiceStatus.Paid, -6, "done", "Paid")]
    [InlineData(InvoiceStatus.Void, -6, "skipped", "Taken back")]
    public void InvoiceLook_StatusAndDays_SayWhatIsDue(InvoiceStatus status, int days, string tone, string words)
    {
        var look = InvoiceWords.Look(status, days);
        Assert.Equal((tone, words), (look.Tone, look.Words));
    }

    [Theory]
    [InlineData(InvoiceStatus.Overdue, "Overdue")]
    [InlineData(InvoiceStatus.Paid, "Paid in the last 30 days")]
    public void InvoiceTotal_OfAState_SaysWhatIsAddedUp(InvoiceStatus status, string words) =>
        Assert.Equal(words, InvoiceWords.Total(status));

    [Theory]
    [InlineData("open", InvoiceStatus.Open)]
    [InlineData("void", InvoiceStatus.Void)]
    [InlineData("7", null)]
    [InlineData("gone", null)]
    [InlineData(null, null)]
    public void InvoiceStatus_InTheAddress_IsReadOrLeftOut(string? key, InvoiceStatus? expected) =>
        Assert.Equal(expected, InvoiceWords.Status(key));
}
