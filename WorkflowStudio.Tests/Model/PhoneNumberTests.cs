using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Tests.Model;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("(713) 555-0142", "+17135550142")]
    [InlineData("1 713 555 0142", "+17135550142")]
    [InlineData("+49 (30) 90-18.20", "+4930901820")]
    [InlineData("0049 30 901820", "+4930901820")]
    [InlineData("0171 1234567", "01711234567")]
    [InlineData("555-0142", "5550142")]
    [InlineData("12345", null)]
    [InlineData("+1234567890123456", null)]
    [InlineData("1234567890123456789012345", null)]
    [InlineData("call 7135550142", null)]
    [InlineData("++17135550142", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Normalize_PhoneNumber_IsE164WherePossible(string? text, string? expected) =>
        Assert.Equal(expected, PhoneNumber.Normalize(text));
}
