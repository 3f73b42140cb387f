using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql.EntityFrameworkCore.PostgreSQL;
using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Engine.Storage.Postgres;

/// <summary>
/// What contexts do when the database is away: a restart takes a few seconds, so they ask again for about that long, and then say that it
/// is away. A disk that is full or fails stays so until somebody mends it: that is said at once.
/// </summary>
internal sealed class PatientReads(ExecutionStrategyDependencies dependencies)
    : NpgsqlRetryingExecutionStrategy(dependencies, MostRetries, LongestDelay, PostgresFailures.RetriedStates)
{
    private const int MostRetries = 6;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(2);

    public override TResult Execute<TState, TResult>(
        TState state, Func<DbContext, TState, TResult> operation, Func<DbContext, TState, ExecutionResult<TResult>>? verifySucceeded)
    {
        try
        {
            return base.Execute(state, operation, verifySucceeded);
        }
        catch (RetryLimitExceededException e)
        {
            throw Away(e);
        }
        catch (Exception e) when (Unwritable(e) is { } fault)
        {
            throw new StoreUnwritableException(fault, e);
        }
    }

    public override async Task<TResult> ExecuteAsync<TState, TResult>(
        TState state, Func<DbContext, TState, CancellationToken, Task<TResult>> operation,
        Func<DbContext, TState, CancellationToken, Task<ExecutionResult<TResult>>>? verifySucceeded,
        CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.ExecuteAsync(state, operation, verifySucceeded, cancellationToken);
        }
        catch (RetryLimitExceededException e)
        {
            throw Away(e);
        }
        catch (Exception e) when (Unwritable(e) is { } fault)
        {
            throw new StoreUnwritableException(fault, e);
        }
    }

    protected override bool ShouldRetryOn(Exception? exception) => Unwritable(exception) is null && base.ShouldRetryOn(exception);

    // what is damaged was never asked again, and is told as it is
    private static StoreFault? Unwritable(Exception? failure) =>
        failure is not null && PostgresFailures.FaultOf(failure) is { } fault and not StoreFault.Damaged ? fault : null;

    private static StoreAwayException Away(RetryLimitExceededException e) => new("The database cannot be reached.", e);
}
