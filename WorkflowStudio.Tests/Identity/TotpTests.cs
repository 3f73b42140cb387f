using WorkflowStudio.Identity;

namespace WorkflowStudio.Tests.Identity;

public sealed class TotpTests
{
    private const string Key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"; // "12345678901234567890" of RFC 6238, appendix B

    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_111_111_111);

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1_111_111_109, "081804")]
    [InlineData(1_111_111_111, "050471")]
    [InlineData(1_234_567_890, "005924")]
    [InlineData(2_000_000_000, "279037")]
    [InlineData(20_000_000_000, "353130")]
    public void Code_IsThatOfTheStandard(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeAt(Key, DateTimeOffset.FromUnixTimeSeconds(seconds)));

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void Code_CountsAStepBeforeAndAfter(int seconds, bool counts) =>
        Assert.Equal(counts, Totp.StepOf(Key, Totp.CodeAt(Key, At.AddSeconds(seconds)), At, -1) is not null);

    [Fact]
    public void Code_OfAStepThatWasUsed_IsWrong()
    {
        var used = Totp.StepOf(Key, " 050 471 ", At, -1)!.Value;
        Assert.Null(Totp.StepOf(Key, "050471", At, used));
        Assert.Null(Totp.StepOf(Key, Totp.CodeAt(Key, At.AddSeconds(-30)), At, used));
        Assert.NotNull(Totp.StepOf(Key, Totp.CodeAt(Key, At.AddSeconds(30)), At, used));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("05047")]
    [InlineData("0504711")]
    [InlineData("٠٥٠٤٧١")]
    [InlineData("050471\0")]
    [InlineData("+50471")]
    public void Code_ThatIsNone_IsWrong(string? code) => Assert.Null(Totp.StepOf(Key, code, At, -1));

    [Fact]
    public void Key_IsNewEachTime_AndStandsInTheAddress()
    {
        var (one, two) = (Totp.NewKey(), Totp.NewKey());
        Assert.NotEqual(one, two);
        Assert.Matches("^[A-Z2-7]{32}$", one);
        Assert.Equal($"otpauth://totp/WorkflowStudio:a%2Bb%40c.test?secret={one}&issuer=WorkflowStudio&digits=6&period=30",
            Totp.Address("a+b@c.test", one));
        Assert.NotNull(Totp.StepOf(one, Totp.CodeAt(one, At), At, -1));
    }
}
