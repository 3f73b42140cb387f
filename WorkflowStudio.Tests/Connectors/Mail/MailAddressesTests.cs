using WorkflowStudio.Engine.Connectors.Mail;

namespace WorkflowStudio.Tests.Connectors.Mail;

public sealed class MailAddressesTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData(" , ; ", 0)]
    [InlineData("maria@example.test", 1)]
    [InlineData("Maria <maria@example.test>; jo@example.test", 2)]
    [InlineData("\"Lopez, Maria\" <maria@example.test>, jo@example.test,", 2)]
    [InlineData("märia@exämple.test", 1)]
    public void Read_Addresses_CountsThem(string text, int expected)
    {
        Assert.True(MailAddresses.TryRead(text, out var addresses, out _));
        Assert.Equal(expected, addresses.Count);
    }

    [Theory]
    [InlineData("maria", "maria")]
    [InlineData("maria@", "maria@")]
    [InlineData("@example.test", "@example.test")]
    [InlineData("jo@example.test, maria at example", "maria at example")]
    [InlineData("jo@example.test\nBcc: x@example.test", "jo@example.test\nBcc: x@example.test")]
    public void Read_WhatIsNone_SaysWhich(string text, string wrong)
    {
        Assert.False(MailAddresses.TryRead(text, out _, out var found));
        Assert.Equal(wrong, found);
    }
}
