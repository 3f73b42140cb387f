using WorkflowStudio.Engine.Nodes.Ai;

namespace WorkflowStudio.Tests.Nodes.Ai;

public sealed class AddedLinksTests
{
    private const string Given = "Ours: https://ours.example/visit. Write to desk@ours.example, or see Ours2.example.";

    [Theory]
    [InlineData("See https://ours.example/visit!", false)]
    [InlineData("See HTTPS://OURS.EXAMPLE/visit.", false)]
    [InlineData("Write to desk@ours.example.", false)]
    [InlineData("See https://ours.example/visit?d=all", true)]
    [InlineData("See https://ours.example.evil.example/visit", true)]
    [InlineData("See http://evil.example", true)]
    [InlineData("See evil.example/x", true)]
    [InlineData("See s2.example", true)]
    [InlineData("![](//evil.example/p.png)", true)]
    [InlineData("[here](javascript:alert(1))", true)]
    [InlineData("Write to eve@evil.example", true)]
    [InlineData("www.evil.example", true)]
    [InlineData("Is 2.50 an hour at 9.30 a.m. fine, e.g. with Dr. Reyes? Data: none...and so on", false)]
    [InlineData("Pay at bücher.de", true)]
    [InlineData("банк.рф/вход", true)]
    [InlineData("See evil。example", true)]
    [InlineData("See 93.184.216.34/login", true)]
    [InlineData("Version 1.2.3 of 10.000.000", false)]
    [InlineData("", false)]
    public void AreIn_Text_IsWhetherNobodyGaveIt(string said, bool added) => Assert.Equal(added, AddedLinks.AreIn(said, "x", Given));

    [Fact]
    public void Without_Text_KeepsWhatWasGiven() => Assert.Equal("See https://ours.example/visit, not (link removed)",
        AddedLinks.Without("See https://ours.example/visit, not http://evil.example/?d=1", Given));

    [Fact]
    public void Mailboxes_OfAText_AreNoPages() => Assert.Equal("maria@x.test bo@y.test",
        AddedLinks.Mailboxes("I'm maria@x.test, not https://a:b@evil.example/x nor evil.example; or bo@y.test"));

    [Fact]
    public void AreIn_LongTextWithoutOne_IsNo() =>
        Assert.False(AddedLinks.AreIn(string.Concat(Enumerable.Repeat("a-", 50_000)), ""));
}
