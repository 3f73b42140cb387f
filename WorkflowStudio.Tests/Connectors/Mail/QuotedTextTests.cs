using WorkflowStudio.Engine.Connectors.Mail;

namespace WorkflowStudio.Tests.Connectors.Mail;

/// <summary>Answers as the programs that people use write them.</summary>
public sealed class QuotedTextTests
{
    private const string Said = "Yes, Thursday is fine";

    public static TheoryData<string, string> Mails { get; } = new()
    {
        { "Gmail", Said + "\n\nOn Tue, Dec 1, 2026 at 10:14 AM Practice <desk@example.com> wrote:\n\n> Which day?\n> 1. Tuesday\n" },
        { "Gmail, wrapped", Said + "\n\nOn Tue, Dec 1, 2026 at 10:14 AM Houston Dermatology Front Desk <\ndesk@example.com> wrote:\n"
            + "\n> Which day?\n" },
        { "Gmail, German", Said + "\n\nAm Di., 1. Dez. 2026 um 10:14 Uhr schrieb Praxis <desk@example.com>:\n\n> Welcher Tag?\n" },
        { "Gmail, Spanish", Said + "\n\nEl mar, 1 dic 2026 a las 10:14, Consulta (<desk@example.com>) escribió:\n\n> ¿Qué día?\n" },
        { "Gmail, French", Said + "\n\nLe mar. 1 déc. 2026 à 10:14, Cabinet <desk@example.com> a écrit :\n\n> Quel jour ?\n" },
        { "Gmail, old", Said + "\n\n2026-12-01 10:14 GMT+01:00 Practice <desk@example.com>:\n\n> Which day?\n" },
        { "Apple Mail", Said + "\n\n> On 1 Dec 2026, at 10:14, Practice <desk@example.com> wrote:\n> \n> Which day?\n" },
        { "Apple Mail, German", Said + "\n\nAm 01.12.2026 um 10:14 schrieb Praxis <desk@example.com>:\n\nWelcher Tag?\n" },
        { "iPhone", Said + "\n\nSent from my iPhone\n\nOn Dec 1, 2026, at 10:14 AM, Practice <desk@example.com> wrote:\n"
            + "\nWhich day?\n" },
        { "iPhone, German", Said + "\n\nVon meinem iPhone gesendet\n\nAm 01.12.2026 um 10:14 schrieb Praxis <desk@example.com>:\n"
            + "\nWelcher Tag?\n" },
        { "iPhone, Spanish", Said + "\n\nEnviado desde mi iPhone\n\nEl 1 dic 2026, a la(s) 10:14, Consulta <desk@example.com> escribió:\n"
            + "\n¿Qué día?\n" },
        { "Outlook", Said + "\n\nFrom: Practice <desk@example.com>\nSent: Tuesday, December 1, 2026 10:14 AM\n"
            + "To: Maria Lopez <maria@example.com>\nSubject: Which day?\n\n1. Tuesday\n" },
        { "Outlook, old", Said + "\n\n-----Original Message-----\nFrom: Practice\nSent: Tuesday\n\nWhich day?\n" },
        { "Outlook, German", Said + "\n\nVon: Praxis <desk@example.com>\nGesendet: Dienstag, 1. Dezember 2026 10:14\nAn: Maria Lopez\n"
            + "Betreff: Welcher Tag?\n\n1. Dienstag\n" },
        { "Outlook, old, German", Said + "\n\n-----Ursprüngliche Nachricht-----\nVon: Praxis\n\nWelcher Tag?\n" },
        { "Outlook, Spanish", Said + "\n\nDe: Consulta <desk@example.com>\nEnviado el: martes, 1 de diciembre de 2026 10:14\nPara: Maria\n"
            + "Asunto: ¿Qué día?\n\n1. Martes\n" },
        { "Outlook, old, Spanish", Said + "\n\n-----Mensaje original-----\nDe: Consulta\n\n¿Qué día?\n" },
        { "Outlook.com", Said + "\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________\nFrom: Practice <desk@example.com>\n"
            + "Sent: Tuesday, December 1, 2026 10:14:00 AM\nTo: Maria <maria@example.com>\nSubject: Which day?\n\nWhich day?\n" },
        { "Outlook for Mac, bold", Said + "\n\n*From: *Practice\n*Date: *Tuesday, 1 December 2026 at 10:14\n*To: *Maria\n"
            + "*Subject: *Which day?\n\nWhich day?\n" },
        { "Thunderbird", Said + "\n\nOn 12/1/26 10:14, Practice wrote:\n> Which day?\n> 1. Tuesday\n" },
        { "Thunderbird, below", "On 12/1/26 10:14, Practice wrote:\n> Which day?\n> 1. Tuesday\n\n" + Said + "\n\n-- \nMaria Lopez\n" },
        { "Thunderbird, German", Said + "\n\nAm 01.12.26 um 10:14 schrieb Praxis:\n> Welcher Tag?\n" },
        { "Yahoo", Said + "\n\n    On Tuesday, December 1, 2026, 10:14:00 AM CST, Practice <desk@example.com> wrote:  \n"
            + " \n Which day?\n" },
        { "Web.de", Said + "\n\n-- \nDiese Nachricht wurde von meinem Android Mobiltelefon mit WEB.DE Mail gesendet.\n"
            + "Am 01.12.26, 10:14, Praxis <desk@example.com> schrieb:\n\n> Welcher Tag?\n" },
        { "ProtonMail", Said + "\n\nSent with Proton Mail secure email.\n\n"
            + "On Tuesday, December 1st, 2026 at 10:14, Practice <desk@example.com> wrote:\n\n> Which day?\n" },
        { "Samsung", Said + "\n\nSent from my Galaxy\n\n-------- Original message --------\nFrom: Practice <desk@example.com>\n"
            + "Date: 12/1/26 10:14 (GMT-06:00)\n\nWhich day?\n" },
        { "Roundcube", Said + "\n\nPractice <desk@example.com> schrieb am 01.12.2026 10:14:\n\n> Welcher Tag?\n" },
        { "Signature alone", Said + "\n\n--\nMaria Lopez\n713 555 0142" },
        { "Nothing else", Said },
    };

    [Theory]
    [MemberData(nameof(Mails))]
    public void Answer_IsWhatWasWritten(string program, string mail)
    {
        Assert.NotEmpty(program);
        Assert.Equal(Said, QuotedText.Without(mail));
    }

    [Theory]
    [InlineData("On Monday the doctor wrote: two a day.\nIs that right?")]
    [InlineData("From: Houston\nI fly on the 3rd.")]
    [InlineData("We wrote:\nnothing came")]
    [InlineData("On Thursday I could come.\nOr at 3?")]
    [InlineData("Sent from my bank yesterday, did you get the money? I have asked them twice and they say that it is there.")]
    [InlineData("Two things:\n1. When?\n2. Where?")]
    [InlineData("Temperature was -5 -- brr")]
    public void Text_ThatOnlyLooksLikeIt_Stays(string mail) => Assert.Equal(mail, QuotedText.Without(mail));

    [Fact]
    public void Answer_BeginningLikeAnIntroduction_IsKept() => Assert.Equal(
        "On Thursday at 3",
        QuotedText.Without("On Thursday at 3\nOn Tue, Dec 1, 2026 at 10:14 AM Practice <desk@example.com> wrote:\nWhich day?"));

    [Fact]
    public void Answers_BetweenTheLines_AreKept() => Assert.Equal(
        "Thursday\n\nYes, by car",
        QuotedText.Without("On 12/1/26 10:14, Practice wrote:\n> Which day?\n\nThursday\n\n> Do you drive?\n\nYes, by car\n")
            .Replace("\n\n\n", "\n\n", StringComparison.Ordinal));

    [Theory]
    [InlineData("> all of it\n> is quoted")]
    [InlineData("On 12/1/26 10:14, Practice wrote:\n> Which day?")]
    [InlineData("-----Original Message-----\nFrom: Practice")]
    [InlineData("--\nMaria")]
    public void Text_OfWhichNothingWouldBeLeft_IsKeptWhole(string mail) => Assert.Equal(mail, QuotedText.Without(mail));

    [Fact]
    public void Text_MadeToTakeLong_IsRead()
    {
        Assert.Equal("Hi", QuotedText.Without("Hi\n\nOn 1 x wrote:\n" + new string('>', 1_000_000)));
        var lines = string.Concat(Enumerable.Repeat("on 1 wrote wrote wrote a@b a@b a@b\nFrom: x\n", 20_000));
        Assert.Equal(lines.Trim(), QuotedText.Without(lines));
    }
}
