using System.Text;
using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Connectors.Mail;

/// <summary>E-mails as they come, and as nobody should write them.</summary>
public sealed class MailReaderTests
{
    private const string Head =
        "From: Maria <Maria@Example.test>\nTo: desk@practice.test\nSubject: Thursday\nMessage-ID: <m1@example.test>\n";

    [Fact]
    public async Task Mail_IsRead()
    {
        var id = NewIds.Next();
        var mail = (await ReadAsync(Head + $"In-Reply-To: <{id:N}@practice.test>\nReferences: <x@y> <{id:N}@practice.test>\n\nYes"))!;
        Assert.Equal(("m1@example.test", "maria@example.test", "Yes", "Thursday", "desk@practice.test", false),
            (mail.Id, mail.From, mail.Text, mail.Subject, mail.To, mail.IsAutomatic));
        Assert.Equal([id], mail.Answers);
    }

    [Fact]
    public async Task Answers_AreNamedFromTheNearestOn()
    {
        var (first, second, third) = (NewIds.Next(), NewIds.Next(), NewIds.Next());
        var mail = (await ReadAsync(
            Head + $"In-Reply-To: <{second:N}@p.test>\nReferences: <{first:N}@p.test>\n <{third:N}@p.test>\n\nYes"))!;
        Assert.Equal([second, third, first], mail.Answers);
    }

    [Theory]
    [InlineData("<div>Yes,&nbsp;gladly</div><div class=\"gmail_quote\"><div>On Tue wrote</div>Which day?</div>", "Yes, gladly")]
    [InlineData("<head><title>x</title><style>p{}</style></head><body><p>Yes<br>gladly</p><blockquote type=cite>Old</blockquote></body>",
        "Yes\ngladly")]
    [InlineData("<p>Yes</p><script>alert(1)</script><p style='display: none'>hidden</p>", "Yes")]
    [InlineData("<blockquote type=cite>all of it</blockquote>", "all of it")]
    [InlineData("Yes<div><div><blockquote type=cite>a<blockquote type=cite>b</blockquote>c</blockquote></div></div> too", "Yes\ntoo")]
    public async Task Html_IsReadAsText(string html, string expected) =>
        Assert.Equal(expected, (await ReadAsync(Head + "Content-Type: text/html; charset=utf-8\n\n" + html))!.Text);

    [Theory]
    [InlineData("Auto-Submitted: auto-replied")]
    [InlineData("Auto-Submitted: auto-generated (by me)")]
    [InlineData("Precedence: bulk")]
    [InlineData("Precedence: AUTO_REPLY")]
    [InlineData("Return-Path: <>")]
    [InlineData("X-Autoreply: yes")]
    public async Task WhatAProgramWrote_IsKnown(string header) =>
        Assert.True((await ReadAsync(Head + header + "\n\nI am away"))!.IsAutomatic);

    [Theory]
    [InlineData("MAILER-DAEMON@example.test", true)]
    [InlineData("no-reply@example.test", true)]
    [InlineData("noreply+123@example.test", true)]
    [InlineData("nora.reply@example.test", false)]
    public async Task Machines_AreKnownByTheirAddress(string from, bool isAutomatic) => Assert.Equal(
        isAutomatic, (await ReadAsync($"From: {from}\nSubject: x\n\nHi"))!.IsAutomatic);

    [Fact]
    public async Task AutoSubmittedNo_IsAPerson() => Assert.False((await ReadAsync(Head + "Auto-Submitted: no\n\nHi"))!.IsAutomatic);

    [Theory]
    [InlineData("From: a@example.test\nFrom: b@example.test\n\nHi")]
    [InlineData("From: a@example.test, b@example.test\n\nHi")]
    [InlineData("Subject: nobody\n\nHi")]
    [InlineData("From: nobody\n\nHi")]
    [InlineData("From: <>\n\nHi")]
    public async Task SenderWhoIsNotOne_IsNobody(string mail) => Assert.Null((await ReadAsync(mail))!.From);

    [Theory]
    [InlineData("iso-8859-1", "Grüße aus Köln")]
    [InlineData("windows-1252", "„Zwölf“ – €5")]
    [InlineData("koi8-r", "Привет")]
    [InlineData("shift_jis", "こんにちは")]
    [InlineData("gb18030", "你好")]
    public async Task OtherLetters_AreRead(string charset, string text)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        byte[] mail = [.. Bytes($"{Head}Content-Type: text/plain; charset={charset}\n\n"), .. encoding.GetBytes(text)];
        Assert.Equal(text, (await ReadAsync(mail))!.Text);
    }

    [Fact]
    public async Task LettersThatAreNone_AreReadAsFarAsTheyAre()
    {
        const string said = Head + "Content-Type: text/plain; charset=nonsense\n\nYes ";
        byte[] mail = [.. Bytes(said), 0xff, 0xfe, 0x00, 0x1b, .. Bytes(" no\u200b")];
        var text = (await ReadAsync(mail))!.Text;
        Assert.StartsWith("Yes", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, c => char.IsControl(c));
    }

    [Fact]
    public async Task Subject_OfSeveralLines_IsOne()
    {
        var mail = (await ReadAsync("From: a@b.test\nSubject: =?utf-8?Q?Hi=0D=0ABcc:_all@example.test?=\n\nHi"))!;
        Assert.Equal("HiBcc: all@example.test", mail.Subject);
    }

    [Fact]
    public async Task Nested_AsDeepAsItsSenderLikes_IsRead()
    {
        var text = new StringBuilder(Head);
        for (var i = 0; i < 1_000; i++)
            text.Append("Content-Type: multipart/mixed; boundary=b").Append(i).Append("\n\n--b").Append(i).Append('\n');
        Assert.NotNull(await ReadAsync(text.Append("\nHi").ToString()));
        var html = string.Concat(Enumerable.Repeat("<div>", 100_000)) + "Hi";
        Assert.Equal("Hi", (await ReadAsync(Head + "Content-Type: text/html\n\n" + html))!.Text);
    }

    [Theory]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\nno boundary ever")]
    [InlineData("Content-Type: multipart/mixed\n\n--b\n\nx")]
    [InlineData("Content-Type: multipart/alternative; boundary=\"\"\n\n--\n\nx")]
    [InlineData("Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!not base 64!!!")]
    [InlineData("Content-Type: /;;;=\n\nHi")]
    [InlineData("Content-Type: message/rfc822\n\n")]
    public async Task Broken_IsRead(string rest) => Assert.Equal("maria@example.test", (await ReadAsync(Head + rest))!.From);

    [Fact]
    public async Task WhatIsNoMail_IsNone()
    {
        Assert.Null(await ReadAsync(""));
        Assert.Null((await ReadAsync([0, 1, 2, 0xff, 0xfe]))?.From);
    }

    [Fact]
    public async Task LongText_IsCut()
    {
        var mail = (await ReadAsync(Head + "\n" + new string('x', 2_000_000)))!;
        Assert.Equal(ReceivedMail.LongestText, mail.Text.Length);
        var many = string.Join(' ', Enumerable.Range(0, 5_000).Select(i => $"<{NewIds.Next():N}@p.test>"));
        Assert.Equal(50, (await ReadAsync(Head + $"References: {many}\n\nHi"))!.Answers.Count);
        Assert.Equal("", (await ReadAsync($"From: a@b.test\nMessage-ID: <{new string('x', 9_000)}@b.test>\n\nHi"))!.Id);
    }

    [Fact]
    public async Task Attachments_AreNamed()
    {
        var mail = (await ReadAsync(Head + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nHere\n--b\n"
            + "Content-Type: application/pdf\nContent-Disposition: attachment; filename=\"card.pdf\"\n\nx\n--b--\n"))!;
        Assert.Equal(("Here", "card.pdf"), (mail.Text, Assert.Single(mail.Attachments)));
    }

    [Theory]
    [InlineData("failed", "message/rfc822", 1)]
    [InlineData("failed", "text/rfc822-headers", 1)]
    [InlineData("delayed", "message/rfc822", 0)]
    public async Task Bounce_NamesTheMessageAndWhy(string action, string original, int expected)
    {
        var id = NewIds.Next();
        var mail = (await ReadAsync(Bounce($"<{id:N}@practice.test>", action, original)))!;
        Assert.True(mail.IsAutomatic);
        Assert.Equal(expected, mail.Bounces.Count);
        if (expected > 0)
            Assert.Equal(new MailBounce(id, "maria@example.test", "550 5.1.1 No such user"), mail.Bounces[0]);
    }

    [Fact]
    public async Task Bounce_OfWhatIsNotOurs_IsNone() =>
        Assert.Empty((await ReadAsync(Bounce("<x@y.test>", "failed", "message/rfc822")))!.Bounces);

    internal static string Bounce(
        string id, string action = "failed", string original = "message/rfc822", string to = "maria@example.test") =>
        $"""
        From: MAILER-DAEMON@mx.test
        To: desk@practice.test
        Subject: Undelivered
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        Content-Type: text/plain

        It could not be brought.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.test

        Final-Recipient: rfc822; {to}
        Action: {action}
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 No such user

        --b
        Content-Type: {original}

        From: desk@practice.test
        Message-ID: {id}
        Subject: Which day?

        Which day?
        --b--
        """;

    private static Task<ReceivedMail?> ReadAsync(string mail) => ReadAsync(Bytes(mail));

    private static async Task<ReceivedMail?> ReadAsync(byte[] mail)
    {
        using var stream = new MemoryStream(mail);
        return await MailReader.ReadAsync(stream, default);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));
}
