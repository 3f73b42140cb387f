using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Identity;

namespace WorkflowStudio.Tests.Identity;

/// <summary>What becomes of open pages when nobody can look whether they may stay.</summary>
public sealed class LiveSignInTests
{
    public static TheoryData<Exception> Outages => [new StoreAwayException("away", new TimeoutException()),
        new StoreUnwritableException(StoreFault.DiskFull, new IOException()), new SqliteException("disk I/O error", 10)];

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task MayStay_WhileTheDatabaseIsAway_SignsNobodyOut(Exception outage)
    {
        using var page = Open(outage);
        Assert.True(await page.MayStayAsync(new ClaimsPrincipal(), default));
    }

    [Fact]
    public async Task MayStay_WhatIsAFaultOfOurs_IsNotHidden()
    {
        using var page = Open(new InvalidOperationException());
        await Assert.ThrowsAsync<InvalidOperationException>(() => page.MayStayAsync(new ClaimsPrincipal(), default));
    }

    private static LiveSignIn Open(Exception outage) =>
        new(NullLoggerFactory.Instance, new Away(outage), null!, null!, Options.Create(new IdentityOptions()));

    private sealed class Away(Exception outage) : IServiceScopeFactory
    {
        public IServiceScope CreateScope() => throw outage;
    }
}
